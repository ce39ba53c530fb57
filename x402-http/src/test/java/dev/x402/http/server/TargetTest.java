package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/ /",
                "/a/b /a/b",
                "/a:b@c,d;e=f /a:b@c,d;e=f",
                "/%61 /%2561",
                "/ä /%C3%A4",
                "/\uD83D\uDE00 /%F0%9F%98%80",
                "/a?b#c /a%3Fb%23c",
                "/<\"> /%3C%22%3E"
            })
    void a_path_is_escaped_and_nothing_else(String path, String target) {
        assertEquals(target, Target.of(path, ""));
    }

    @Test
    void a_query_stays_as_it_came() {
        assertEquals("/a?b=%C3&c=ä", Target.of("/a", "b=%C3&c=ä"));
    }

    @Test
    void what_unicode_calls_equivalent_stays_two_targets() {
        assertNotEquals(Target.of("/\u00e9", ""), Target.of("/e\u0301", ""));
    }
}
