package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final String PAYMENT =
            "{\"x402Version\":2,\"accepted\":{\"scheme\":\"exact\",\"network\":\"eip155:84532\","
                    + "\"amount\":\"10000\",\"asset\":\"0xA\",\"payTo\":\"0xB\",\"maxTimeoutSeconds\":60,\"extra\":null,"
                    + "\"new\":1.50},\"payload\":{\"signature\":\"0x12\"},\"later\":[]}";

    private static String exactly(String json) {
        return new String(
                Codec.PAYMENT_PAYLOAD.write(Codec.PAYMENT_PAYLOAD.read(json.getBytes(StandardCharsets.UTF_8))),
                StandardCharsets.UTF_8);
    }

    @Test
    void writes_back_members_it_does_not_know() {
        assertEquals(PAYMENT.replace("\"extra\":null,\"new\":1.50", "\"extra\":null,\"new\":1.50"), exactly(PAYMENT));
    }

    @Test
    void names_the_place_of_a_wrong_amount() {
        var e = assertThrows(MalformedMessageException.class, () -> exactly(PAYMENT.replace("\"10000\"", "10000")));
        assertEquals(
                "/accepted/amount: expected a string of decimal digits such as \"10000\", saw 10000", e.getMessage());
        assertEquals(ErrorCode.INVALID_PAYLOAD, e.code());
    }
}
