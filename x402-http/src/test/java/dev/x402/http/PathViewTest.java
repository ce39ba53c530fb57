package dev.x402.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathViewTest {
    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a,/a",
        "/a/,/a/",
        "/a/b,/a/b",
        "/%61,/a",
        "/a;x=1,/a",
        "/a;x=1/b;y,/a/b",
        "/%C3%A4,/ä",
        "/a%20b,/a b",
        "/%2561,/%61",
        "/a+b,/a+b"
    })
    void a_path_has_one_reading(String raw, String path) {
        assertEquals(Optional.of(path), PathView.of(raw));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//",
                "//a",
                "/a//b",
                "/.",
                "/..",
                "/a/./b",
                "/a/../b",
                "/%2e",
                "/%2E%2e/a",
                "/a%2Fb",
                "/a%2fb",
                "/a%5Cb",
                "/a\\b",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a%C0%80",
                "/a%FF",
                "/a%00",
                "/a%0A",
                "/a%7F",
                "/a%3Bb",
                "/;x",
                "/..;/a",
                "/a b",
                "/ä",
                "/a\u2028"
            })
    void a_path_with_more_than_one_reading_has_none(String raw) {
        assertEquals(Optional.empty(), PathView.of(raw));
    }

    @Test
    void a_long_path_is_read_in_time() {
        assertEquals(
                100_001, PathView.of("/" + "a".repeat(100_000)).orElseThrow().length());
    }
}
