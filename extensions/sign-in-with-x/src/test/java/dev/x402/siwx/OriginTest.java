package dev.x402.siwx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://API.Example.com:443/a?b, https://api.example.com",
        "http://api.example.com:80, http://api.example.com",
        "https://api.example.com:8443/, https://api.example.com:8443",
        "http://api.example.com:443/, http://api.example.com:443",
        "https://api.example.com./weather, https://api.example.com",
        "https://bücher.example/, https://xn--bcher-kva.example",
        "https://BÜCHER.example/, https://xn--bcher-kva.example",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
        "https://[2001:DB8::1]:443/x, https://[2001:db8::1]",
        "http://localhost:8080/, http://localhost:8080",
        "http://my_service:81#f, http://my_service:81"
    })
    void has_one_spelling(String url, String origin) {
        assertEquals(Optional.of(origin), Origin.find(url).map(Origin::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example.com",
                "ftp://api.example.com/",
                "https://",
                "https:///weather",
                "https://user@api.example.com/",
                "https://api.example.com:0443/",
                "https://api.example.com:65536/",
                "https://api.example.com:/",
                "https://api..example.com/",
                "https://api.example.com../",
                "https://-api.example.com/",
                "https://api%2eexample.com/",
                "https://api.example.com\n/",
                "https://api.example.com /",
                "https://api.example.com/we ather",
                "https://api.example.com\\@evil.example/\u00e4",
                "https://fa\u00df.example/",
                "https://[::1/"
            })
    void is_none_where_programs_read_differently(String url) {
        assertEquals(Optional.empty(), Origin.find(url));
    }

    @Test
    void a_backslash_ends_the_host_as_browsers_have_it() {
        assertEquals(
                Optional.of("https://api.example.com"),
                Origin.find("https://api.example.com\\.evil.example/").map(Origin::toString));
        assertFalse(Origin.configured("https://api.example.com").begins("https://api.example.com.evil.example/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com.evil.example/weather",
                "https://api.example.com:8443/weather",
                "https://api.example.com@evil.example/weather",
                "http://api.example.com/weather",
                "https://api.example.com./weather",
                "https://API.example.com/weather",
                "https://api.example.com:443/weather",
                "https://api.example.comx"
            })
    void begins_no_address_in_another_spelling_or_of_another_origin(String url) {
        assertFalse(Origin.configured("https://api.example.com").begins(url));
    }

    @Test
    void begins_its_own_addresses() {
        Origin origin = Origin.configured("https://api.example.com:443/");

        assertTrue(origin.begins("https://api.example.com"));
        assertTrue(origin.begins("https://api.example.com/weather?day=1"));
        assertTrue(origin.begins("https://api.example.com?day=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com/shop", "https://api.example.com?x", "api.example.com", "//x"})
    void a_configured_origin_is_no_more_and_no_less(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Origin.configured(text));

        assertEquals(
                "origin: expected scheme, host and perhaps port such as https://api.example.com", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "https://API.example.com:443/a?b=c#d, https://api.example.com/a?b=c",
        "https://api.example.com, https://api.example.com/",
        "https://api.example.com?q, https://api.example.com/?q"
    })
    void an_address_is_located_without_its_fragment(String url, String located) {
        assertEquals(Optional.of(located), Origin.located(url));
    }
}
