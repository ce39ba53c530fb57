package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.PaymentExtension.Visit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeclaringTest {
    private static Json json(String text) {
        return Codec.JSON.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Json declared(String method, String template, Map<String, String> parameters, Json declaration) {
        Visit visit = new Visit(
                "",
                method,
                "route",
                template,
                parameters,
                "/",
                "",
                "",
                ResourceInfo.of("https://shop.example/"),
                Optional.of(declaration),
                Map.of());
        return new Declaring().declare(visit, List.of()).orElseThrow();
    }

    private static Json query() {
        return Declaration.query().build().members().get("bazaar");
    }

    @Test
    void a_challenge_declares_the_method_that_was_asked() {
        Declared read = Declared.read(declared("DELETE", "/orders", Map.of(), query()));
        assertEquals("DELETE", read.operation());
        assertEquals(
                json("{\"type\":\"string\",\"enum\":[\"DELETE\"]}"),
                read.json()
                        .cursor()
                        .member("schema")
                        .member("properties")
                        .member("input")
                        .member("properties")
                        .member("method")
                        .value());
    }

    @Test
    void a_method_that_the_handler_is_not_for_changes_nothing() {
        assertEquals(query(), declared("POST", "/orders", Map.of(), query()));
    }

    @Test
    void a_challenge_declares_the_template_and_the_values_of_the_path() {
        Json challenge = declared("GET", "/users/{id}/orders/{order}", Map.of("id", "123", "order", "a b"), query());
        Declared read = Declared.read(challenge);
        assertEquals("/users/:id/orders/:order", read.template());
        assertEquals(
                json("{\"id\":\"123\",\"order\":\"a b\"}"),
                read.json()
                        .cursor()
                        .member("info")
                        .member("input")
                        .member("pathParams")
                        .value());
    }

    @Test
    void a_path_without_names_has_neither_template_nor_values() {
        Declared read = Declared.read(declared("GET", "/weather", Map.of(), query()));
        assertEquals("", read.template());
        assertEquals(
                Optional.empty(),
                read.json()
                        .cursor()
                        .member("info")
                        .member("input")
                        .optional("pathParams")
                        .map(at -> at.value()));
    }

    @Test
    void a_tool_is_declared_as_it_is() {
        Json tool = Declaration.tool("forecast")
                .input((Json.Obj) json("{\"type\":\"object\"}"), Json.Obj.EMPTY)
                .build()
                .members()
                .get("bazaar");
        assertEquals(tool, declared("POST", "/mcp/{server}", Map.of("server", "1"), tool));
    }

    @Test
    void what_is_no_declaration_is_declared_as_it_is() {
        for (String text :
                List.of("1", "[]", "{}", "{\"info\":{\"input\":{\"type\":\"http\"}}}", "{\"info\":1,\"schema\":{}}")) {
            assertEquals(json(text), declared("GET", "/users/{id}", Map.of("id", "1"), json(text)));
        }
    }
}
