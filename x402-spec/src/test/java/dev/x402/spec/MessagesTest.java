package dev.x402.spec;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.x402.spec.v1.CodecsV1;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every message of the specification and of the recorded exchanges, there and back. */
class MessagesTest {
    private static final Map<String, Codec<?>> CODECS = Map.ofEntries(
            entry("payment-required", Codec.PAYMENT_REQUIRED),
            entry("payment-requirements", Codec.PAYMENT_REQUIREMENTS),
            entry("payment-payload", Codec.PAYMENT_PAYLOAD),
            entry("facilitator-request", Codec.FACILITATOR_REQUEST),
            entry("verify-response", Codec.VERIFY_RESPONSE),
            entry("settle-response", Codec.SETTLE_RESPONSE),
            entry("supported-response", Codec.SUPPORTED_RESPONSE),
            entry("discovery-response", Codec.DISCOVERY_RESPONSE),
            entry("v1-payment-required", CodecsV1.PAYMENT_REQUIRED),
            entry("v1-payment-payload", CodecsV1.PAYMENT_PAYLOAD),
            entry("v1-facilitator-request", CodecsV1.FACILITATOR_REQUEST),
            entry("v1-settle-response", CodecsV1.SETTLE_RESPONSE),
            entry("json", Codec.JSON));

    private record Sample(String name, Codec<?> codec, byte[] document, boolean isHeader, String text) {}

    @TestFactory
    Stream<DynamicTest> examples_of_the_specification_round_trip() {
        List<Sample> samples = samples("specification");
        assertEquals(164, samples.size());
        return samples.stream().map(sample -> dynamicTest(sample.name(), () -> roundTrip(sample.codec(), sample)));
    }

    @TestFactory
    Stream<DynamicTest> recorded_messages_round_trip() {
        List<Sample> samples = samples("exchanges");
        assertEquals(50, samples.size());
        return samples.stream().map(sample -> dynamicTest(sample.name(), () -> roundTrip(sample.codec(), sample)));
    }

    @TestFactory
    Stream<DynamicTest> canonical_messages_round_trip_byte_for_byte() {
        return Stream.of(
                        "exchanges/payment-required/evm-eip3009-1.txt",
                        "exchanges/payment-required/evm-permit2-eip2612-1.txt",
                        "exchanges/payment-required/evm-permit2-not-approved-412-2.txt",
                        "exchanges/payment-required/svm-exact-1.txt",
                        "exchanges/payment-required/weather-evm-siwx-payment-id-1.txt",
                        "exchanges/verify-response/evm-eip3009-facilitator-1-response.json",
                        "exchanges/verify-response/evm-permit2-not-approved-412-facilitator-1-response.json",
                        "specification/payment-required/transports-v2.http-header-0.txt")
                .map(name -> dynamicTest(name, () -> byteForByte(sample(root().resolve(name)))));
    }

    @Test
    void lists_kinds_of_version_1_apart() {
        SupportedResponse supported =
                Codec.SUPPORTED_RESPONSE.read(sample(root().resolve("specification/json/x402-specification-v1-11.json"))
                        .document());
        assertEquals(List.of(), supported.kinds());
        assertEquals(5, supported.otherKinds().size());
    }

    private static <T> void roundTrip(Codec<T> codec, Sample sample) {
        T message = sample.isHeader() ? codec.readHeader(sample.text()) : codec.read(sample.document());
        assertEquals(Codec.JSON.read(sample.document()), codec.json(message));
        assertEquals(message, codec.read(codec.write(message)));
        assertEquals(message, Codec.JSON == codec ? message : codec.of(codec.json(message)));
    }

    private static <T> void byteForByte(Sample sample) {
        @SuppressWarnings("unchecked")
        Codec<T> codec = (Codec<T>) sample.codec();
        if (sample.isHeader()) {
            assertEquals(sample.text(), codec.writeHeader(codec.readHeader(sample.text())));
        } else {
            assertEquals(sample.text(), new String(codec.write(codec.read(sample.document())), StandardCharsets.UTF_8));
        }
    }

    private static List<Sample> samples(String folder) {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root().resolve(folder))) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> samples.add(sample(file)));
        } catch (IOException e) {
            throw new AssertionError(folder, e);
        }
        return samples;
    }

    private static Sample sample(Path file) {
        try {
            String name = file.getParent().getFileName() + "/" + file.getFileName();
            String text = Files.readString(file).strip();
            boolean isHeader = name.endsWith(".txt");
            Codec<?> codec = CODECS.get(file.getParent().getFileName().toString());
            assertTrue(codec != null, () -> "no codec for " + name);
            byte[] document = isHeader ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
            return new Sample(name, codec, document, isHeader, text);
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Path root() {
        return Path.of(URI.create(MessagesTest.class.getResource("README.md").toString()))
                .getParent();
    }
}
