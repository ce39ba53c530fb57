package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.x402.spec.v1.CodecsV1;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives: a message or its refusal, within 1 MB and 5 ms.
 *
 * <p>Time is that of the thread, so that a busy machine does not count.
 */
class HostileInputTest {
    private static final long SEED = 402;
    private static final int INPUTS = 10_000;
    private static final int WARM_UP = 1_000;
    private static final long MAX_ALLOCATED = 1_000_000;
    private static final long MAX_NANOS = 5_000_000;
    private static final int LARGEST = 65_536;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final List<String> PIECES = List.of(
            "[",
            "{",
            "]",
            "}",
            "\"",
            ",",
            ":",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "-",
            "1e999999999",
            "\\u0000",
            "\\ud800",
            "{\"a\":",
            "[[[[[[[[",
            "\"x402Version\":2,",
            "\"amount\":\"1\",",
            "9".repeat(100),
            "x".repeat(5000),
            "\u00e9",
            "\"payload\":{},",
            " ".repeat(300),
            "1,".repeat(80),
            "\ud83d\ude00",
            "\ufeff",
            "/**/",
            "=",
            "-_");

    private static final List<String> DENSE = List.of(
            "{}",
            "[]",
            "1",
            "1.5",
            "1e5",
            "12345678901234567890",
            "\"\"",
            "\"a\"",
            "[1]",
            "null",
            "\"\\u00e9\"",
            "{\"\":1}",
            "{\"a\":{}}",
            "{\"abcdefghijk\":1}",
            "{\"abcdefghijklmnopq\":\"abcdefgh\"}",
            "{\"a\":[\"b\"]}",
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}",
            "\"" + "\u20ac".repeat(300) + "\"");

    /** A codec and a message that it reads. */
    record Decoder(String name, Codec<?> codec, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Decoder> decoders() {
        String offerV1 = "{\"scheme\":\"exact\",\"network\":\"base\",\"maxAmountRequired\":\"5\",\"asset\":\"0xA\","
                + "\"payTo\":\"0xB\",\"resource\":\"/\",\"description\":\"\",\"maxTimeoutSeconds\":60}";
        String paymentV1 = "{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base\",\"payload\":{\"a\":1.5}}";
        String resource = "{\"resource\":\"/\",\"type\":\"http\",\"x402Version\":2,\"accepts\":[" + Wire.OFFER
                + "],\"lastUpdated\":1}";
        String kind =
                "{\"x402Version\":2,\"scheme\":\"exact\",\"network\":\"eip155:1\",\"extra\":{\"feePayer\":\"x\"}}";
        return Stream.of(
                new Decoder("payment required", Codec.PAYMENT_REQUIRED, Wire.CHALLENGE),
                new Decoder("payment payload", Codec.PAYMENT_PAYLOAD, Wire.PAYMENT),
                new Decoder("payment requirements", Codec.PAYMENT_REQUIREMENTS, Wire.OFFER),
                new Decoder("facilitator request", Codec.FACILITATOR_REQUEST, Wire.REQUEST),
                new Decoder(
                        "verify response",
                        Codec.VERIFY_RESPONSE,
                        "{\"isValid\":false,\"invalidReason\":\"a\",\"payer\":\"b\"}"),
                new Decoder(
                        "settle response",
                        Codec.SETTLE_RESPONSE,
                        "{\"success\":true,\"payer\":\"b\",\"transaction\":\"0x1\",\"network\":\"eip155:1\",\"amount\":\"5\"}"),
                new Decoder(
                        "supported response",
                        Codec.SUPPORTED_RESPONSE,
                        "{\"kinds\":[" + kind + "],\"extensions\":[\"a\"],\"signers\":{\"eip155:*\":[\"0x1\"]}}"),
                new Decoder(
                        "discovery response",
                        Codec.DISCOVERY_RESPONSE,
                        "{\"x402Version\":2,\"items\":[" + resource + "],\"pagination\":{\"limit\":1}}"),
                new Decoder(
                        "discovery search response",
                        Codec.DISCOVERY_SEARCH_RESPONSE,
                        "{\"x402Version\":2,\"resources\":[" + resource + "],\"partialResults\":false}"),
                new Decoder("tree", Codec.JSON, Wire.CHALLENGE),
                new Decoder(
                        "payment required, version 1",
                        CodecsV1.PAYMENT_REQUIRED,
                        "{\"x402Version\":1,\"error\":\"e\",\"accepts\":[" + offerV1 + "]}"),
                new Decoder("payment payload, version 1", CodecsV1.PAYMENT_PAYLOAD, paymentV1),
                new Decoder(
                        "facilitator request, version 1",
                        CodecsV1.FACILITATOR_REQUEST,
                        "{\"x402Version\":1,\"paymentPayload\":" + paymentV1 + ",\"paymentRequirements\":" + offerV1
                                + "}"),
                new Decoder(
                        "settle response, version 1",
                        CodecsV1.SETTLE_RESPONSE,
                        "{\"success\":true,\"payer\":\"b\",\"transaction\":\"0x1\",\"network\":\"base\"}"));
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void refuses_or_reads_10000_mutated_messages_within_1_mb_and_5_ms(Decoder decoder) {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] nanos = new long[INPUTS];
        int read = 0;
        for (int i = -WARM_UP; i < INPUTS; i++) {
            byte[] document = mutated(Wire.utf8(decoder.message()), random);
            boolean inHeader = random.nextBoolean();
            String header = inHeader ? header(document, random) : "";
            Attempt attempt = measured(() -> inHeader
                    ? decoder.codec().readHeader(header)
                    : decoder.codec().read(document));
            String input = decoder + ", input " + i + " of seed " + SEED;
            assertTrue(
                    attempt.allocated() <= MAX_ALLOCATED,
                    () -> input + ": allocated " + attempt.allocated() + " bytes");
            if (i >= 0) {
                nanos[i] = attempt.nanos();
            }
            if (attempt.message() != null) {
                read++;
                assertSurvives(decoder.codec(), attempt.message(), input);
            }
        }
        Arrays.sort(nanos);
        long slow = nanos[INPUTS - 1 - INPUTS / 1000];
        assertTrue(slow <= MAX_NANOS, () -> decoder + ": 99.9 % within " + slow + " ns");
        int some = read;
        assertTrue(some > INPUTS / 100 && some < INPUTS, () -> decoder + ": " + some + " were read");
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void allocates_at_most_1_mb_for_the_densest_documents(Decoder decoder) {
        for (String piece : DENSE) {
            for (String document : dense(decoder.message(), piece)) {
                byte[] utf8 = Wire.utf8(document);
                assertTrue(utf8.length <= LARGEST, () -> piece + " makes " + utf8.length);
                measured(() -> decoder.codec().read(utf8));
                long allocated = measured(() -> decoder.codec().read(utf8)).allocated();
                assertTrue(allocated <= MAX_ALLOCATED, () -> decoder + ", " + piece + ": allocated " + allocated);
            }
        }
    }

    @Test
    void allocates_little_for_a_header_of_1_mb() {
        String header = "A".repeat(1_000_000);
        measured(() -> Codec.PAYMENT_PAYLOAD.readHeader(header));
        assertTrue(measured(() -> Codec.PAYMENT_PAYLOAD.readHeader(header)).allocated() < 10_000);
    }

    @Test
    void allocates_little_for_a_million_brackets() {
        byte[] brackets = Wire.utf8("[".repeat(1_000_000));
        measured(() -> Codec.FACILITATOR_REQUEST.read(brackets));
        assertTrue(measured(() -> Codec.FACILITATOR_REQUEST.read(brackets)).allocated() < 10_000);
    }

    private record Attempt(Object message, long allocated, long nanos) {}

    private static Attempt measured(Supplier<Object> decoding) {
        Object message;
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long began = THREADS.getCurrentThreadCpuTime();
        try {
            message = decoding.get();
        } catch (MalformedMessageException e) {
            message = null;
        }
        long ended = THREADS.getCurrentThreadCpuTime();
        return new Attempt(message, THREADS.getThreadAllocatedBytes(thread) - allocated, ended - began);
    }

    private static <T> void assertSurvives(Codec<T> codec, Object read, String input) {
        @SuppressWarnings("unchecked")
        T message = (T) read;
        assertEquals(message, codec.of(codec.json(message)), input);
    }

    /** Documents full of so many pieces, in place of the whole message and in each of its open places. */
    private static List<String> dense(String message, String piece) {
        int room = LARGEST - 2 * message.length();
        int length = Wire.utf8(piece).length + 1;
        String row = array(piece, Math.min(64, room / length));
        String grid = array(row, Math.min(64, room / (length * 64 + 2)));
        String wide = array(piece, Math.min(256, room / length));
        String open = message.substring(0, message.length() - 1);
        return List.of(
                grid,
                open + ",\"more\":" + grid + "}",
                message.replaceFirst("\"(payload|extra)\":\\{", "\"$1\":{\"more\":" + grid + ","),
                message.replaceFirst("\"(kinds|items|resources|accepts|extensions)\":\\[.*", "\"$1\":" + wide + "}"));
    }

    private static String array(String element, int count) {
        return "[" + String.join(",", Collections.nCopies(count, element)) + "]";
    }

    private static byte[] mutated(byte[] message, SplittableRandom random) {
        byte[] bytes = message;
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + random.nextInt(1, 40));
            byte[] piece = Wire.utf8(PIECES.get(random.nextInt(PIECES.size())));
            bytes = switch (random.nextInt(8)) {
                case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, at, end, new byte[0]);
                case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                case 3 -> spliced(bytes, at, at, piece);
                case 4 -> spliced(bytes, at, end, piece);
                case 5 -> spliced(bytes, at, at, repeated(piece, random));
                case 6 -> spliced(bytes, at, at, repeated(Arrays.copyOfRange(bytes, at, end), random));
                default -> spliced(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            };
        }
        return bytes;
    }

    private static byte[] repeated(byte[] piece, SplittableRandom random) {
        int room = random.nextInt(LARGEST + 1000);
        byte[] bytes = new byte[room / piece.length * piece.length];
        for (int i = 0; i < bytes.length; i += piece.length) {
            System.arraycopy(piece, 0, bytes, i, piece.length);
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(bytes, 0, from);
        result.writeBytes(piece);
        result.write(bytes, to, bytes.length - to);
        return result.toByteArray();
    }

    private static String header(byte[] document, SplittableRandom random) {
        String header = Base64.getEncoder().encodeToString(document);
        if (header.isEmpty() || random.nextInt(4) != 0) {
            return header;
        }
        int at = random.nextInt(header.length());
        return header.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + header.substring(at);
    }
}
