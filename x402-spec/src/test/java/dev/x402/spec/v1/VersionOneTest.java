package dev.x402.spec.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Codec;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionOneTest {
    private static final String PAYMENT =
            "{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base-sepolia\",\"payload\":{\"signature\":\"0x12\"}}";

    private static final String OFFER =
            "{\"scheme\":\"exact\",\"network\":\"base\",\"maxAmountRequired\":\"5\",\"asset\":\"0xA\","
                    + "\"payTo\":\"0xB\",\"resource\":\"/\",\"description\":\"\",\"maxTimeoutSeconds\":60,\"outputSchema\":null,\"new\":1}";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String refusal(Codec<?> codec, String text) {
        return assertThrows(MalformedMessageException.class, () -> codec.read(utf8(text)))
                .getMessage();
    }

    @Test
    void writes_back_what_it_read() {
        String challenge = "{\"x402Version\":1,\"error\":\"pay\",\"accepts\":[" + OFFER + "]}";
        assertEquals(
                challenge,
                new String(
                        CodecsV1.PAYMENT_REQUIRED.write(CodecsV1.PAYMENT_REQUIRED.read(utf8(challenge))),
                        StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "1.0", "\"1\"", "true"})
    void rejects_another_version(String version) {
        assertEquals(
                "/x402Version: expected 1, saw " + version,
                refusal(CodecsV1.PAYMENT_PAYLOAD, PAYMENT.replace("\"x402Version\":1", "\"x402Version\":" + version)));
    }

    @Test
    void is_not_read_as_version_2() {
        assertEquals("/x402Version: expected 2, saw 1", refusal(Codec.PAYMENT_PAYLOAD, PAYMENT));
    }

    @Test
    void rejects_an_offer_of_nothing() {
        assertEquals(
                "/accepts/0/maxAmountRequired: expected an amount of 1 or more, saw \"0\"",
                refusal(
                        CodecsV1.PAYMENT_REQUIRED,
                        "{\"x402Version\":1,\"accepts\":[" + OFFER.replace("\"5\"", "\"0\"") + "]}"));
    }

    @Test
    void rejects_17_offers() {
        assertEquals(
                "/accepts: expected at most 16 offers, saw an array of 17",
                refusal(
                        CodecsV1.PAYMENT_REQUIRED,
                        "{\"x402Version\":1,\"accepts\":[" + (OFFER + ",").repeat(16) + OFFER + "]}"));
    }

    @Test
    void reads_a_failed_receipt_that_says_little() {
        SettleResponseV1 failed = CodecsV1.SETTLE_RESPONSE.read(utf8("{\"success\":false}"));
        assertEquals("", failed.transaction());
    }

    @Test
    void prints_a_payment_without_its_proof() {
        assertFalse(CodecsV1.PAYMENT_PAYLOAD.read(utf8(PAYMENT)).toString().contains("0x12"));
    }

    @Test
    void names_networks_there_and_back() {
        assertEquals(Optional.of(Network.parse("eip155:84532")), NetworkNamesV1.network("base-sepolia"));
        assertEquals(Optional.of("base-sepolia"), NetworkNamesV1.name(Network.parse("eip155:84532")));
        assertEquals(
                Optional.of(Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1")),
                NetworkNamesV1.network("solana-devnet"));
    }

    @Test
    void knows_no_other_name() {
        assertEquals(Optional.empty(), NetworkNamesV1.network("eip155:8453"));
    }
}
