package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "users/:id",
                "//evil.example/../x",
                "/users/../admin",
                "/users/%2e%2e/admin",
                "/users/%252e%252e/admin",
                "/users/%25252e%25252e/admin",
                "/users/%2525252e%2525252e/admin",
                "/go/http://evil.example",
                "/go/http%3A//evil.example",
                "/go/http%253A%252F%252Fevil.example",
                "/users/%zz",
                "/users/%",
                "/users/%25",
                "/users/ :id",
                "/users/%20:id",
                "/users/%5c",
                "/users/%00",
                "/users/:id?x=1",
                "/users/:id%3Fx",
                "/users/:id%23x",
                "/users/<b>",
                "/users/\u202e",
                "/users/{id}",
                "/users/*",
                "https://evil.example/users/:id"
            })
    void discards_a_template_that_leads_elsewhere_in_any_encoding(String template) {
        assertFalse(RouteTemplate.isValid(template));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/:userId",
                "/weather/:country/:city",
                "/a-b_c.d~e/:x",
                "/caf%C3%A9/:x",
                "/%252561/:x",
                "/files/:var1"
            })
    void keeps_a_template_of_plain_segments_and_parameters(String template) {
        assertTrue(RouteTemplate.isValid(template));
    }

    @Test
    void a_template_of_513_characters_is_discarded_and_of_512_kept() {
        assertTrue(RouteTemplate.isValid("/" + "a".repeat(511)));
        assertFalse(RouteTemplate.isValid("/" + "a".repeat(512)));
    }

    @Test
    void names_in_braces_become_names_after_a_colon() {
        assertEquals(Optional.of("/users/:id/orders/:order"), RouteTemplate.of("/users/{id}/orders/{order}"));
    }

    @Test
    void a_path_without_names_has_no_template() {
        assertEquals(Optional.empty(), RouteTemplate.of("/weather"));
        assertEquals(Optional.empty(), RouteTemplate.of(""));
        assertEquals(Optional.empty(), RouteTemplate.of("/files/**"));
    }

    @Test
    void a_path_fits_when_all_but_the_parameters_is_the_same() {
        assertTrue(RouteTemplate.fits("/users/:id", "/users/123"));
        assertFalse(RouteTemplate.fits("/users/:id", "/users/"));
        assertFalse(RouteTemplate.fits("/users/:id", "/users/1/2"));
        assertFalse(RouteTemplate.fits("/users/:id", "/admins/1"));
    }
}
