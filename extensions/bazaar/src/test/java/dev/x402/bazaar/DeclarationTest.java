package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeclarationTest {
    /** The input of a handler. */
    record City(String city, Optional<String> country, int days) {}

    /** The output of a handler. */
    record Weather(String city, List<Day> days) {}

    /** A part of it. */
    record Day(Sky sky, double celsius) {}

    enum Sky {
        CLEAR,
        FOGGY
    }

    /** A type that refers to itself. */
    record Tree(List<Tree> branches) {}

    private static Json json(String text) {
        return Codec.JSON.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_query_is_declared_with_schemas_of_records() {
        Json.Obj declared = Declaration.query()
                .input(City.class, json("{\"city\":\"Rome\",\"days\":1}"))
                .output(Weather.class, json("{\"city\":\"Rome\",\"days\":[{\"sky\":\"CLEAR\",\"celsius\":21.5}]}"))
                .build();
        assertTrue(json("""
                {"bazaar":{"info":{"input":{"type":"http","method":"GET","queryParams":{"city":"Rome","days":1}},
                  "output":{"type":"json","example":{"city":"Rome","days":[{"sky":"CLEAR","celsius":21.5}]}}},
                 "schema":{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{
                  "input":{"type":"object","properties":{"type":{"type":"string","const":"http"},
                    "method":{"type":"string","enum":["DELETE","GET","HEAD"]},
                    "queryParams":{"type":"object","properties":{"city":{"type":"string"},"country":{"type":["string","null"]},
                      "days":{"type":"integer"}},"required":["city","days"]}},
                    "required":["type","method","queryParams"],"additionalProperties":false},
                  "output":{"type":"object","properties":{"type":{"type":"string"},
                    "example":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"array","items":
                      {"type":"object","properties":{"celsius":{"type":"number"},"sky":{"type":"string","enum":["CLEAR","FOGGY"]}},
                       "required":["celsius","sky"]}}},"required":["city","days"]}},"required":["type"]}},
                 "required":["input"]}}}
                """).equals(declared), () -> new String(Codec.JSON.write(declared), StandardCharsets.UTF_8));
    }

    @Test
    void a_body_is_declared_with_a_schema_that_was_written() {
        Json.Obj declared = Declaration.body("json")
                .input(
                        (Json.Obj) json("{\"type\":\"object\",\"properties\":{\"q\":{\"$ref\":\"#/$defs/q\"}},"
                                + "\"$defs\":{\"q\":{\"type\":\"string\",\"pattern\":\"^[a-z]+$\"}}}"),
                        json("{\"q\":\"rome\"}"))
                .build();
        Declared read = Declared.read(declared.members().get("bazaar"));
        assertEquals("http POST", read.type() + " " + read.operation());
    }

    @Test
    void a_tool_is_declared_with_its_arguments() {
        Json.Obj declared = Declaration.tool("forecast")
                .description("Tomorrow's weather")
                .transport("sse")
                .input(City.class, json("{\"city\":\"Rome\",\"days\":1}"))
                .output(json("{\"type\":\"string\"}").cursor().object(), Json.of("sunny"))
                .build();
        Declared read = Declared.read(declared.members().get("bazaar"));
        assertEquals("mcp forecast", read.type() + " " + read.operation());
    }

    @Test
    void an_example_that_does_not_fit_its_schema_is_refused_when_it_is_built() {
        assertEquals(
                "bazaar: /info/input/queryParams: expected what /schema says, saw 'Object does not have some of the required properties [[city]]'",
                refusal(Declaration.query().input(City.class, json("{\"days\":1}"))));
    }

    @Test
    void a_body_type_that_nobody_knows_is_refused_when_it_is_built() {
        assertEquals(
                "bazaar: /info/input/bodyType: expected json, form-data or text, saw \"xml\"",
                refusal(Declaration.body("xml").input(City.class, json("{\"city\":\"Rome\",\"days\":1}"))));
    }

    @Test
    void a_declaration_that_no_header_holds_is_refused_when_it_is_built() {
        assertEquals(
                "bazaar: expected at most 3072 bytes, for a payment repeats them in a header of 8 KiB, saw 3435;"
                        + " shorten the examples or the schema",
                refusal(Declaration.query()
                        .input(
                                Json.object().put("type", "object").build(),
                                json("{\"q\":\"" + "a".repeat(3_000) + "\"}"))));
    }

    @Test
    void a_type_that_refers_to_itself_has_no_schema() {
        assertEquals(
                "schema of dev.x402.bazaar.DeclarationTest$Tree: expected a type that does not refer to itself",
                assertThrows(IllegalArgumentException.class, () -> JsonSchemas.of(Tree.class))
                        .getMessage());
    }

    private static String refusal(Declaration.Builder builder) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                            | message: expected an object, saw an array of 0
            {}                            | /info: expected a value, saw nothing
            {"info":{}}                   | /info/input: expected a value, saw nothing
            {"info":{"input":{"type":"ftp"}}} | /info/input/type: expected http or mcp, saw "ftp"
            {"info":{"input":{"type":"http"}}} | /info/input/method: expected a value, saw nothing
            {"info":{"input":{"type":"http","method":"get"}}} | /info/input/method: expected GET, HEAD or DELETE without a bodyType, saw "get"
            {"info":{"input":{"type":"http","method":"POST"}}} | /info/input/method: expected GET, HEAD or DELETE without a bodyType, saw "POST"
            {"info":{"input":{"type":"http","method":"GET","bodyType":"json"}}} | /info/input/method: expected POST, PUT or PATCH beside a bodyType, saw "GET"
            {"info":{"input":{"type":"http","method":"POST","bodyType":"json"}}} | /info/input/body: expected a value, saw nothing
            {"info":{"input":{"type":"http","method":"GET","queryParams":"a"}}} | /info/input/queryParams: expected an object, saw "a"
            {"info":{"input":{"type":"mcp","inputSchema":{}}}} | /info/input/tool: expected a value, saw nothing
            {"info":{"input":{"type":"mcp","tool":"t"}}} | /info/input/inputSchema: expected a value, saw nothing
            {"info":{"input":{"type":"mcp","tool":"t","inputSchema":{},"transport":"tcp"}}} | /info/input/transport: expected streamable-http or sse, saw "tcp"
            {"info":{"input":{"type":"http","method":"GET"}}} | /schema: expected a value, saw nothing
            {"info":{"input":{"type":"http","method":"GET"}},"schema":{}} | /schema/properties: expected a value, saw nothing
            {"info":{"input":{"type":"http","method":"GET"}},"schema":{"properties":{"input":{"properties":{"method":{"const":"POST"}}}}}} | /info/input/method: expected what /schema says, saw 'Expected POST'
            """)
    void a_stranger_hears_what_is_wrong_with_a_declaration(String declaration, String message) {
        assertEquals(
                message,
                assertThrows(MalformedMessageException.class, () -> Declared.read(json(declaration)))
                        .getMessage());
    }

    @Test
    void a_declaration_of_more_than_8_kib_is_refused() {
        Json.Obj large = Market.declared("GET")
                .with("x", new Json.Arr(java.util.Collections.nCopies(3, Json.of("a".repeat(4_000)))));
        assertEquals(
                "message: expected at most 8192 bytes, saw 12137 bytes",
                assertThrows(MalformedMessageException.class, () -> Declared.read(large))
                        .getMessage());
    }

    @Test
    void a_declaration_of_more_than_12_levels_is_refused() {
        Json deep = Json.of(1);
        for (int i = 0; i < 13; i++) {
            deep = Json.array(deep);
        }
        Json.Obj declaration = Market.declared("GET").with("x", deep);
        assertEquals(
                "message: expected at most 12 levels, saw more",
                assertThrows(MalformedMessageException.class, () -> Declared.read(declaration))
                        .getMessage());
    }

    @Test
    void the_name_of_a_tool_is_read_where_the_reference_writes_it() {
        Json.Obj input = Json.object()
                .put("type", "mcp")
                .put("toolName", "t")
                .put("inputSchema", Json.Obj.EMPTY)
                .build();
        assertEquals("t", Declared.read(Market.declared(input)).operation());
    }

    @Test
    void a_template_that_leads_elsewhere_is_left_out_and_the_rest_is_kept() {
        Json.Obj plain = Market.declared("GET");
        assertEquals(
                new Declared("http", "GET", "", plain),
                Declared.read(
                        plain.with("routeTemplate", "/users/%252e%252e/admin").with("more", "dropped")));
        assertEquals(
                "/users/:id",
                Declared.read(plain.with("routeTemplate", "/users/:id")).template());
    }
}
