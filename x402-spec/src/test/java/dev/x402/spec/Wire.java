package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Messages as text, and what is said when one is refused. */
final class Wire {
    static final String OFFER = "{\"scheme\":\"exact\",\"network\":\"eip155:84532\",\"amount\":\"10000\","
            + "\"asset\":\"0xA\",\"payTo\":\"0xB\",\"maxTimeoutSeconds\":60,\"extra\":{\"name\":\"USDC\"}}";

    static final String PAYMENT = "{\"x402Version\":2,\"resource\":{\"url\":\"https://example.com/a\"},\"accepted\":"
            + OFFER + ",\"payload\":{\"signature\":\"0x12\"}}";

    static final String CHALLENGE = "{\"x402Version\":2,\"error\":\"Payment required\",\"resource\":{\"url\":"
            + "\"https://example.com/a\"},\"accepts\":[" + OFFER + "]}";

    static final String REQUEST =
            "{\"x402Version\":2,\"paymentPayload\":" + PAYMENT + ",\"paymentRequirements\":" + OFFER + "}";

    private Wire() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(utf8(text));
    }

    static Json json(String text) {
        return Codec.JSON.read(utf8(text));
    }

    /** The message after it was read and written. */
    static <T> String rewritten(Codec<T> codec, String text) {
        return new String(codec.write(codec.read(utf8(text))), StandardCharsets.UTF_8);
    }

    static MalformedMessageException refused(Codec<?> codec, String text) {
        return refused(codec, utf8(text));
    }

    static MalformedMessageException refused(Codec<?> codec, byte[] document) {
        return assertThrows(MalformedMessageException.class, () -> codec.read(document));
    }

    static String refusal(Codec<?> codec, String text) {
        return refused(codec, text).getMessage();
    }

    static String headerRefusal(Codec<?> codec, String base64) {
        return assertThrows(MalformedMessageException.class, () -> codec.readHeader(base64))
                .getMessage();
    }

    /** The refusal of a payment in which one text was replaced. */
    static String paymentRefusal(String part, String replacement) {
        return refusal(Codec.PAYMENT_PAYLOAD, replaced(PAYMENT, part, replacement));
    }

    static String replaced(String message, String part, String replacement) {
        if (!message.contains(part)) {
            throw new AssertionError("nothing to replace: " + part);
        }
        return message.replace(part, replacement);
    }
}
