package dev.x402.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\u0000b", "a\u007fb"})
    void a_header_value_with_control_characters_is_refused_and_not_quoted(String value) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Answer.Header("X-A", value));
        assertEquals("header X-A: expected no control character, saw one", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\nb", "ä"})
    void a_header_name_that_is_no_token_is_refused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Answer.Header(name, "x"));
    }

    @Test
    void retry_after_is_whole_seconds_and_at_least_one() {
        assertEquals(Optional.of("1"), Answer.of(503).retryAfter(Duration.ZERO).header("retry-after"));
        assertEquals(
                Optional.of("3"),
                Answer.of(503).retryAfter(Duration.ofMillis(2001)).header("Retry-After"));
    }

    @Test
    void a_header_replaces_all_of_its_name_in_any_case() {
        Answer answer = Answer.of(200).with("Cache-Control", "public").with("cache-control", "private");
        assertEquals(1, answer.headers().size());
        assertEquals(Optional.of("private"), answer.header("CACHE-CONTROL"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 199, 600, -1})
    void a_status_that_is_no_final_one_is_refused(int status) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Answer.of(status));
        assertEquals("status: expected 200 to 599, saw " + status, e.getMessage());
    }

    @Test
    void retry_after_is_read_as_seconds_or_as_a_date() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(Optional.of(Duration.ofSeconds(7)), RetryAfter.parse(" 7 ", now));
        assertEquals(Optional.of(Duration.ofSeconds(30)), RetryAfter.parse("Thu, 01 Jan 2026 00:00:30 GMT", now));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.parse("Wed, 31 Dec 2025 00:00:00 GMT", now));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "9999999999", "+1", "١"})
    void retry_after_that_is_neither_is_absent(String text) {
        assertEquals(Optional.empty(), RetryAfter.parse(text, Instant.EPOCH));
    }
}
