package dev.x402.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InwardTest {
    private static final Map<String, String> NAMES = Map.of(
            "public.example", "192.0.2.7",
            "inside.example", "10.0.0.7",
            "both.example", "192.0.2.7 fd00::7",
            "carrier.example", "100.127.255.255",
            "beyond.example", "100.128.0.0",
            "six.example", "2001:db8::7");

    private final Inward inward = new Inward(InwardTest::addresses);

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        String known = NAMES.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        String[] all = known.split(" ");
        InetAddress[] addresses = new InetAddress[all.length];
        for (int i = 0; i < all.length; i++) {
            addresses[i] = InetAddress.getByName(all[i]);
        }
        return addresses;
    }

    @ParameterizedTest
    @CsvSource({
        "public.example, inside.example, true",
        "public.example, both.example, true",
        "public.example, carrier.example, true",
        "public.example, beyond.example, false",
        "public.example, six.example, false",
        "public.example, nobody.example, false",
        "nobody.example, inside.example, true",
        "inside.example, public.example, false",
        "inside.example, carrier.example, false",
    })
    void a_name_leads_inward_when_one_of_its_addresses_does(String from, String to, boolean leads) {
        assertEquals(leads, inward.leads(URI.create("https://" + from + "/"), URI.create("https://" + to + "/")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/, true",
        "HTTP://LOCALHOST:8080/, true",
        "http://127.0.0.1/, true",
        "http://[::1]:9/, true",
        "http://shop.example/, false",
        "http://127.0.0.1.evil.example/, false",
        "http://localhost.evil.example/, false",
        "http://10.0.0.1/, false",
    })
    void only_tls_and_this_machine_are_private(String address, boolean alone) {
        assertEquals(alone, Inward.isPrivateTo(URI.create(address)));
    }
}
