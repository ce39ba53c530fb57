package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedSchemaTest {
    private static Json json(String text) {
        return Codec.JSON.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BoundedSchema read(String schema) {
        return BoundedSchema.read(JsonCursor.at("/schema", json(schema)));
    }

    private static String refusal(String schema) {
        return String.valueOf(assertThrows(MalformedMessageException.class, () -> read(schema))
                .getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"$ref":"https://evil.example/s"}      | /schema/$ref: expected a reference to #/$defs/ and a plain name, saw "https://evil.example/s"
            {"$ref":"file:///etc/passwd"}          | /schema/$ref: expected a reference to #/$defs/ and a plain name, saw "file:///etc/passwd"
            {"$ref":"#"}                           | /schema/$ref: expected a reference to #/$defs/ and a plain name, saw "#"
            {"$ref":"#/$defs/no"}                  | /schema/$ref: expected a reference to a definition that is there, saw "#/$defs/no"
            {"$id":"https://evil.example/s"}       | /schema/$id: expected no $id, saw "https://evil.example/s"
            {"$dynamicRef":"#x"}                   | /schema/$dynamicRef: expected no $dynamicRef, saw "#x"
            {"$anchor":"x"}                        | /schema/$anchor: expected no $anchor, saw "x"
            {"$vocabulary":{}}                     | /schema/$vocabulary: expected no $vocabulary, saw an object of 0
            {"$schema":"http://json-schema.org/draft-07/schema#"} | /schema/$schema: expected https://json-schema.org/draft/2020-12/schema, saw "http://json-schema.org/draft-07/schema#"
            {"not":{"$schema":"https://json-schema.org/draft/2020-12/schema"}} | /schema/not/$schema: expected $schema at the root alone, saw "https://json-schema.org/draft/2020-12/schema"
            {"patternProperties":{"(a+)+$":{}}}    | /schema/patternProperties: expected no patternProperties, saw an object of 1
            {"unevaluatedProperties":false}        | /schema/unevaluatedProperties: expected no unevaluatedProperties, saw false
            {"type":"text"}                        | /schema/type: expected a type such as string, saw "text"
            {"type":5}                             | /schema/type: expected a string, saw 5
            {"minLength":-1}                       | /schema/minLength: expected a whole number of 0 or more, saw -1
            {"multipleOf":0}                       | /schema/multipleOf: expected a number, saw 0
            {"required":"a"}                       | /schema/required: expected an array, saw "a"
            {"const":{"$id":"https://evil.example"}} | /schema/const: expected no object, saw an object of 1
            {"enum":[{"a":1}]}                     | /schema/enum/0: expected no object, saw an object of 1
            {"properties":[]}                      | /schema/properties: expected an object, saw an array of 0
            {"items":[{}]}                         | /schema/items: expected an object, saw an array of 1
            {"pattern":"(?=a)"}                    | /schema/pattern: expected a pattern of RE2 syntax, without look-around and back references, saw "(?=a)"
            {"pattern":"(a)\\\\1"}                 | /schema/pattern: expected a pattern of RE2 syntax, without look-around and back references, saw "(a)\\u{5c}1"
            {"pattern":"(((a{100}){100}){100}){100}"} | /schema/pattern: expected a pattern that repeats less, saw "(((a{100}){100}){100}){100}"
            """)
    void refuses_what_is_fetched_runs_round_or_grows(String schema, String message) {
        assertEquals(message, refusal(schema));
    }

    @Test
    void refuses_definitions_that_refer_to_themselves() {
        assertEquals(
                "/schema/$defs/b/$ref: expected no recursion, saw \"#/$defs/a\"",
                refusal(
                        "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}}"));
    }

    @Test
    void refuses_references_that_double_thirty_times() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d30\",\"$defs\":{\"d0\":{\"type\":\"string\"}");
        for (int i = 1; i <= 30; i++) {
            String below = "{\"$ref\":\"#/$defs/d" + (i - 1) + "\"}";
            schema.append(",\"d")
                    .append(i)
                    .append("\":{\"allOf\":[")
                    .append(below)
                    .append(',')
                    .append(below)
                    .append("]}");
        }
        assertEquals(
                "/schema/$defs/d12/allOf/1/$ref: expected at most 4096 keywords with every reference written out,"
                        + " saw \"#/$defs/d11\"",
                refusal(schema.append("}}").toString()));
    }

    @Test
    void refuses_a_pattern_of_513_characters() {
        assertEquals(
                "/schema/pattern: expected a pattern of at most 512 characters, saw a string of 513 characters",
                refusal("{\"pattern\":\"" + "a".repeat(513) + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void matches_in_linear_time_what_is_catastrophic_elsewhere(String pattern) {
        BoundedSchema schema = read("{\"pattern\":\"" + pattern + "\"}");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> schema.problem(Json.of("a".repeat(4_000) + "!")));
    }

    @Test
    void stops_validating_when_it_takes_too_many_looks() {
        StringBuilder any = new StringBuilder("{\"items\":{\"allOf\":[{\"type\":\"string\"}");
        for (int i = 0; i < 60; i++) {
            any.append(",{\"anyOf\":[{\"pattern\":\"^(a|b|c)*(d|e)*$\"},{\"type\":\"string\"}]}");
        }
        Json.Arr long60 = new Json.Arr(java.util.Collections.nCopies(60, Json.of("abc".repeat(1_000) + "!")));
        assertEquals(
                Optional.of(": expected less to validate"),
                read(any.append("]}}").toString()).problem(long60));
    }

    @Test
    void says_where_a_value_does_not_fit() {
        BoundedSchema schema = read("""
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","title":"x",
                 "properties":{"a":{"$ref":"#/$defs/name"},"$ref":{"type":"string"},"b~/%":{"type":"integer"}},
                 "required":["a"],"additionalProperties":false,
                 "$defs":{"name":{"type":"string","pattern":"^[a-z]+$","default":{"$id":"no schema"}}}}
                """);
        assertEquals(Optional.empty(), schema.problem(json("{\"a\":\"x\",\"$ref\":\"y\",\"b~/%\":2.0}")));
        assertEquals(Optional.of("/a: does not match the pattern"), schema.problem(json("{\"a\":\"X\"}")));
        assertEquals(
                Optional.of("/b~0~1%: Value is [number] but should be [integer]"),
                schema.problem(json("{\"a\":\"x\",\"b~/%\":2.5}")));
        assertEquals(
                Optional.of(": Object does not have some of the required properties [[a]]"),
                schema.problem(json("{}")));
    }

    @Test
    void a_constant_need_not_be_a_text() {
        assertEquals(Optional.of(": Expected 5"), read("{\"const\":5}").problem(Json.of("x")));
        assertEquals(Optional.of(": Expected null"), read("{\"const\":null}").problem(Json.of("x")));
    }

    @Test
    void counts_about_as_many_instructions_as_are_compiled() {
        for (String pattern : new String[] {
            "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}$",
            "(a{10}){10}",
            "((ab|c){3,5}x){7}",
            "[]{3}]{9}",
            "\\p{L}{20}",
            "a{,3}{4}"
        }) {
            long counted = BoundedPattern.size(pattern);
            int compiled = com.google.re2j.Pattern.compile(pattern).programSize();
            assertEquals(true, counted * 3 + 10 >= compiled, pattern + ": " + counted + " of " + compiled);
        }
    }
}
