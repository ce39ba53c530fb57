package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.http.toy.ToyShop;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "/a,/a,true",
        "/a,/a/,true",
        "/a,/b,false",
        "/a,/A,false",
        "/a,/a/b,false",
        "/,/,true",
        "/a/{x},/a/b,true",
        "/a/{x},/a,false",
        "/a/{x}/c,/a/b/c,true",
        "/a/**,/a,true",
        "/a/**,/a/b/c,true",
        "/a/**,/ab,false",
        "/**,/,true",
        "/**,/a/b,true"
    })
    void a_pattern_covers_paths(String pattern, String path, boolean covered) {
        assertEquals(covered, PathPattern.parse(pattern).matches(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", "", "/a//b", "/a*", "/*", "/**/a", "/a?", "/{}", "/a.(b)", "/%61", "/a;b", "/{a", "/a|b",
                "/a/../b", "/.", "/a#b"
            })
    void a_pattern_of_another_grammar_is_refused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "/a,/a,true",
        "/a,/b,false",
        "/a/{x},/a/b,true",
        "/a/{x},/a/{y},true",
        "/a/**,/a,true",
        "/a/**,/a/b/c,true",
        "/a/**,/b,false",
        "/a/{x},/a,false",
        "/a/b,/a/b/c,false",
        "/**,/a,true"
    })
    void patterns_that_cover_the_same_path_overlap(String one, String other, boolean overlap) {
        assertEquals(overlap, PathPattern.parse(one).overlaps(PathPattern.parse(other)));
        assertEquals(overlap, PathPattern.parse(other).overlaps(PathPattern.parse(one)));
    }

    @Test
    void two_prices_for_one_request_are_refused() {
        try (ToyShop shop = new ToyShop()) {
            PaidRoutes.Builder routes =
                    shop.routes().price("GET", "/a/{x}", "toy").price("*", "/a/b", "toy");
            assertEquals(
                    "routes: expected each request in one route, saw '* /a/b' cover what 'GET /a/{x}' covers",
                    assertThrows(IllegalArgumentException.class, routes::build).getMessage());
            shop.routes()
                    .price("GET", "/a/{x}", "toy")
                    .price("POST", "/a/b", "toy")
                    .build();
        }
    }

    @Test
    void every_problem_of_the_paths_is_named_at_once() {
        try (ToyShop shop = new ToyShop()) {
            PaidRoutes.Builder routes = shop.routes()
                    .price("GET", "/a/*/b", "toy")
                    .price("get", "/a", "toy")
                    .price("GET", "/a", "toy")
                    .free("GET", "/a")
                    .price("GET", "/(a|b)+", "toy")
                    .price("GET", "/b", "tyo");
            assertEquals(
                    """
                    5 problems of the paths:
                    - path '/a/*/b': expected segments of plain text, {name}, or ** at the end
                    - method: expected capital letters or *, saw 'get'
                    - routes: expected each request in one route, saw 'GET /a' cover what 'GET /a' covers
                    - path '/(a|b)+': expected segments of plain text, {name}, or ** at the end
                    - routes: expected some of the gate's [toy], saw [tyo]""".replace(
                            "[toy]",
                            shop.gate.routes().stream().sorted().toList().toString()),
                    assertThrows(IllegalArgumentException.class, routes::build).getMessage());
        }
    }

    @Test
    void a_path_for_a_route_that_the_gate_does_not_price_is_refused() {
        try (ToyShop shop = new ToyShop()) {
            PaidRoutes.Builder routes = shop.routes().price("GET", "/b", "tyo");
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, routes::build);
            assertEquals(
                    "routes: expected some of the gate's "
                            + shop.gate.routes().stream().sorted().toList() + ", saw [tyo]",
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "https://shop.example/path/",
                "https://shop.example/a//b",
                "https://shop.example/../b",
                "https://shop.example/%61",
                "https://shop.example/a;b",
                "https://shop.example?x",
                "https://u@shop.example",
                "ftp://shop"
            })
    void an_address_that_is_not_plain_is_refused(String address) {
        try (ToyShop shop = new ToyShop()) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> PaidRoutes.builder(shop.gate, URI.create(address)));
            assertEquals(
                    "address: expected scheme, host, port and perhaps a plain path, such as"
                            + " https://api.example.com/shop, saw " + address,
                    e.getMessage());
        }
    }

    @Test
    void a_pattern_takes_linear_time() {
        PathPattern pattern = PathPattern.parse("/" + "{x}/".repeat(50) + "**");
        String path = "/a".repeat(100_000);
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> pattern.matches(path));
    }
}
