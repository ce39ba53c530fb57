package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.v1.CodecsV1;
import dev.x402.spec.v1.FacilitatorRequestV1;
import dev.x402.spec.v1.PaymentPayloadV1;
import dev.x402.spec.v1.PaymentRequiredV1;
import dev.x402.spec.v1.PaymentRequirementsV1;
import dev.x402.spec.v1.SettleResponseV1;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is written is read again as it was, for random messages. */
class RoundTripTest {
    private static final int MESSAGES = 500;

    private final SplittableRandom random = new SplittableRandom(402);

    private static <T> void roundTrips(Codec<T> codec, Supplier<T> messages) {
        for (int i = 0; i < MESSAGES; i++) {
            T message = messages.get();
            byte[] written = codec.write(message);
            T read = codec.read(written);
            assertEquals(message, read, () -> new String(written, java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(codec.json(message), codec.json(read));
        }
    }

    @Test
    void a_challenge_survives() {
        roundTrips(
                Codec.PAYMENT_REQUIRED,
                () -> new PaymentRequired(
                        maybe(this::text), resource(), list(3, this::offer), maybe(this::object), object()));
    }

    @Test
    void a_payment_survives() {
        roundTrips(Codec.PAYMENT_PAYLOAD, this::payment);
    }

    @Test
    void an_offer_survives() {
        roundTrips(Codec.PAYMENT_REQUIREMENTS, this::offer);
    }

    @Test
    void a_facilitator_request_survives() {
        roundTrips(Codec.FACILITATOR_REQUEST, () -> new FacilitatorRequest(payment(), offer(), object()));
    }

    @Test
    void a_verdict_survives() {
        roundTrips(
                Codec.VERIFY_RESPONSE,
                () -> new VerifyResponse(
                        random.nextBoolean(),
                        maybe(this::code),
                        maybe(this::words),
                        maybe(this::id),
                        maybe(this::object),
                        maybe(this::object),
                        object()));
    }

    @Test
    void a_receipt_survives() {
        roundTrips(
                Codec.SETTLE_RESPONSE,
                () -> new SettleResponse(
                        random.nextBoolean(),
                        maybe(this::code),
                        maybe(this::words),
                        maybe(this::id),
                        random.nextBoolean() ? "" : id(),
                        network(),
                        maybe(this::amount),
                        maybe(this::object),
                        maybe(this::object),
                        object()));
    }

    @Test
    void an_answer_to_supported_survives() {
        roundTrips(
                Codec.SUPPORTED_RESPONSE,
                () -> new SupportedResponse(
                        list(4, () -> new SupportedKind(id(), network(), maybe(this::object), object())),
                        list(2, this::object),
                        list(3, this::text),
                        Map.of(
                                NetworkPattern.parse("eip155:*"),
                                list(2, this::text),
                                NetworkPattern.of(network()),
                                List.of()),
                        object()));
    }

    @Test
    void a_page_of_resources_survives() {
        roundTrips(
                Codec.DISCOVERY_RESPONSE,
                () -> new DiscoveryResponse(list(3, this::discovered), list(2, this::object), object(), object()));
    }

    @Test
    void a_page_of_search_results_survives() {
        roundTrips(
                Codec.DISCOVERY_SEARCH_RESPONSE,
                () -> new DiscoverySearchResponse(
                        list(3, this::discovered),
                        list(2, this::object),
                        maybe(random::nextBoolean),
                        maybe(this::object),
                        object()));
    }

    @Test
    void a_tree_survives() {
        roundTrips(Codec.JSON, () -> json(8));
    }

    @Test
    void the_messages_of_version_1_survive() {
        roundTrips(
                CodecsV1.PAYMENT_REQUIRED,
                () -> new PaymentRequiredV1(maybe(this::text), list(3, this::offerV1), object()));
        roundTrips(CodecsV1.PAYMENT_PAYLOAD, this::paymentV1);
        roundTrips(CodecsV1.FACILITATOR_REQUEST, () -> new FacilitatorRequestV1(paymentV1(), offerV1(), object()));
        roundTrips(
                CodecsV1.SETTLE_RESPONSE,
                () -> new SettleResponseV1(
                        random.nextBoolean(), maybe(this::code), maybe(this::id), id(), id(), object()));
    }

    private PaymentPayload payment() {
        return new PaymentPayload(maybe(this::resource), offer(), object(), maybe(this::object), object());
    }

    private PaymentPayloadV1 paymentV1() {
        return new PaymentPayloadV1(id(), id(), object(), object());
    }

    private PaymentRequirements offer() {
        return new PaymentRequirements(
                id(),
                network(),
                amount(),
                id(),
                id(),
                random.nextInt(1, Integer.MAX_VALUE),
                maybe(this::object),
                object());
    }

    private PaymentRequirementsV1 offerV1() {
        return new PaymentRequirementsV1(
                id(),
                id(),
                amount(),
                text(),
                text(),
                maybe(this::text),
                maybe(this::object),
                id(),
                random.nextInt(1, Integer.MAX_VALUE),
                id(),
                maybe(this::object),
                object());
    }

    private ResourceInfo resource() {
        return new ResourceInfo(
                text(),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> list(3, this::text)),
                maybe(this::text),
                object());
    }

    private DiscoveredResource discovered() {
        return new DiscoveredResource(
                "/" + text(),
                id(),
                random.nextInt(1, 3),
                list(2, this::offer),
                maybe(() -> Json.of(random.nextLong())),
                maybe(this::object),
                object());
    }

    private Network network() {
        return new Network("eip155", Integer.toUnsignedString(random.nextInt()));
    }

    private AtomicAmount amount() {
        return new AtomicAmount(
                BigInteger.valueOf(random.nextLong(1, Long.MAX_VALUE)).pow(random.nextInt(1, 4)));
    }

    private ErrorCode code() {
        return new ErrorCode("code_" + random.nextInt(100));
    }

    private String id() {
        StringBuilder id = new StringBuilder();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            id.append((char) random.nextInt(0x20, 0x7f));
        }
        return id.toString();
    }

    private String words() {
        return "x" + text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            int c = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 0 : c);
        }
        return text.toString();
    }

    /** An object whose names no message knows. */
    private Json.Obj object() {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put("?" + text(), json(3));
        }
        return new Json.Obj(members);
    }

    private Json json(int levels) {
        return switch (random.nextInt(levels > 0 ? 7 : 5)) {
            case 0 -> Json.of(text());
            case 1 -> Json.of(random.nextLong());
            case 2 -> new Json.Num(new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(-60, 80)));
            case 3 -> Json.of(random.nextBoolean());
            case 4 -> Json.Null.NULL;
            case 5 -> new Json.Arr(list(4, () -> json(levels - 1)));
            default -> {
                Json.Builder obj = Json.object();
                for (int i = random.nextInt(4); i > 0; i--) {
                    obj.put(text(), json(levels - 1));
                }
                yield obj.build();
            }
        };
    }

    private <T> List<T> list(int most, Supplier<? extends T> elements) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(elements.get());
        }
        return list;
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }
}
