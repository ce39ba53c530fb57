package dev.x402.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.ResourceInfo;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceCheckTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://a.example/x, true",
        "https://a.example/x?q=1, https://a.example/x, true",
        "https://a.example/x, http://a.example/x, true",
        "https://a.example/x, https://a.example:443/x, true",
        "https://a.example/x, https://A.example/x, true",
        "https://a.example/x, /x, true",
        "https://a.example, https://a.example/, true",
        "https://a.example/x, https://a.example/y, false",
        "https://a.example/x, https://a.example:8443/x, false",
        "https://a.example/x, https://b.example/x, false",
        "https://a.example/x, https://a.example.evil.example/x, false",
        "https://a.example/x, https://a.example@evil.example/x, false",
        "https://a.example/x, https://u@a.example/x, false",
        "https://a.example/x, javascript:alert(1), false",
        "https://a.example/x, 'not a url', false"
    })
    void a_challenge_is_for_the_same_host_port_and_path(String requested, String named, boolean accepted) {
        assertEquals(accepted, ResourceCheck.samePath().accepts(URI.create(requested), ResourceInfo.of(named)));
    }
}
