package dev.x402.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeclarationTest {
    @Test
    void the_declaration_is_that_of_the_specification() {
        assertEquals(
                "{\"info\":{\"required\":true},\"schema\":{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
                        + "\"type\":\"object\",\"properties\":{\"required\":{\"type\":\"boolean\"},\"id\":{\"type\":\"string\","
                        + "\"minLength\":16,\"maxLength\":128,\"pattern\":\"^[a-zA-Z0-9_-]+$\"}},\"required\":[\"required\"]}}",
                new String(Codec.JSON.write(PaymentIdentifier.required()), StandardCharsets.UTF_8));
    }

    @Test
    void a_declaration_that_does_not_say_is_refused() {
        for (Json said : List.of(
                Json.Obj.EMPTY, Json.of(true), Json.object().put("info", true).build())) {
            assertEquals(
                    "extensions.payment-identifier.info.required: expected true or false, saw neither;"
                            + " declare PaymentIdentifier.required() or optional()",
                    String.valueOf(assertThrows(IllegalArgumentException.class, () -> Declaration.asks(said))
                            .getMessage()));
        }
    }

    @Test
    void the_registry_finds_it_and_without_a_store_it_has_a_payers_side_alone() {
        try (Plugins plugins =
                Plugins.builder().discover().clock(Clock.systemUTC()).build()) {
            assertEquals(
                    List.of("payment-identifier"),
                    plugins.extensions().stream().map(PaymentExtension::key).toList());
            assertEquals(
                    List.of("payment-identifier"),
                    List.copyOf(plugins.extensionClients().keySet()));
            assertTrue(plugins.extensionServers().isEmpty());
        }
    }

    @Test
    void names_are_kept_for_some_time() {
        assertEquals(
                "kept: expected more than 0, saw PT0S",
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> new PaymentIdentifier(Duration.ZERO))
                        .getMessage()));
    }
}
