package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''                                | /u: expected an https address, saw no scheme
            /weather                          | /u: expected an https address, saw no scheme
            http://shop.example/              | /u: expected an https address, saw another scheme
            ftp://shop.example/               | /u: expected an https address, saw another scheme
            file:///etc/passwd                | /u: expected an https address, saw another scheme
            javascript:alert(1)               | /u: expected an https address, saw another scheme
            mcp://tool/x                      | /u: expected an https address, saw another scheme
            https:shop.example                | /u: expected a host with a public name, saw another host
            https://                          | /u: expected an address of at most 2048 ASCII characters, saw another
            https://localhost/                | /u: expected a host with a public name, saw another host
            https://127.0.0.1/                | /u: expected a host with a public name, saw another host
            https://127.1/                    | /u: expected a host with a public name, saw another host
            https://2130706433/               | /u: expected a host with a public name, saw another host
            https://0x7f000001/               | /u: expected a host with a public name, saw another host
            https://0177.0.0.1/               | /u: expected a host with a public name, saw another host
            https://[::1]/                    | /u: expected a host with a public name, saw another host
            https://[::ffff:10.0.0.1]/        | /u: expected a host with a public name, saw another host
            https://shop.example./            | /u: expected a host with a public name, saw another host
            https://user:pass@shop.example/   | /u: expected an address without a user, saw one
            https://evil.example\\@shop.example/ | /u: expected an address of at most 2048 ASCII characters, saw another
            https://shöp.example/             | /u: expected an address of at most 2048 ASCII characters, saw another
            https://shop.example/a b          | /u: expected an address of at most 2048 ASCII characters, saw another
            https://shop.example/a/../b       | /u: expected a path without . and .. and encoded once, saw another
            https://shop.example/a/%2e%2e/b   | /u: expected a path without . and .. and encoded once, saw another
            https://shop.example/a/%252e%252e/b | /u: expected a path without . and .. and encoded once, saw another
            https://shop.example/%0d%0aX:1    | /u: expected a path without . and .. and encoded once, saw another
            """)
    void refuses_an_address_that_may_not_be_asked(String url, String message) {
        assertEquals(
                message,
                assertThrows(MalformedMessageException.class, () -> Target.parse("/u", url, Target.Reach.PUBLIC))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example, https://shop.example/",
        "HTTPS://Shop.Example:443/a%20b, https://shop.example/a%20b",
        "https://shop.example:8443/a?city=Rome#x, https://shop.example:8443/a",
        "https://xn--shp-fka.example/, https://xn--shp-fka.example/"
    })
    void an_address_has_one_spelling_without_query_and_fragment(String url, String spelled) {
        assertEquals(spelled, Target.parse("/u", url, Target.Reach.PUBLIC).url());
    }

    @Test
    void an_address_of_more_than_2048_characters_is_refused() {
        String url = "https://shop.example/" + "a".repeat(2048);
        assertEquals(
                "/u: expected an address of at most 2048 ASCII characters, saw another",
                assertThrows(MalformedMessageException.class, () -> Target.parse("/u", url, Target.Reach.PUBLIC))
                        .getMessage());
    }
}
