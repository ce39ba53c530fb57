package dev.x402.core.facilitator;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Signed;
import dev.x402.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A scheme on one toy rail: the payload names payer, payee, amount and a nonce, and "good" is a good signature. */
abstract class ToyScheme implements PaymentScheme {
    static final ErrorCode USED = new ErrorCode("nonce_used");
    static final ErrorCode EXPIRED = new ErrorCode("expired");
    static final ErrorCode FORGED = new ErrorCode("invalid_signature");
    static final ErrorCode REFUSED = new ErrorCode("refused_by_bank");
    static final ErrorCode RETURNED = new ErrorCode("returned_by_bank");

    final Network network;
    final Kind kind;

    ToyScheme(String network) {
        this.network = Network.parse(network);
        this.kind = new Kind("exact", this.network);
    }

    /** The rail's facilitator. */
    abstract SchemeFacilitator side();

    /** What is known of a payment without asking the rail: forged or changed; null: nothing wrong. */
    static Verification shape(Payment payment) {
        Terms terms = Terms.of(payment);
        if (!terms.signature().startsWith("good")) {
            return new Verification.Invalid(FORGED, "signature", false);
        }
        if (!terms.to().equals(payment.requirements().payTo())
                || terms.amount() != payment.requirements().amount().value().longValueExact()) {
            return new Verification.Invalid(ErrorCode.INVALID_PAYLOAD, "terms", true);
        }
        return null;
    }

    static Verification valid(Payment payment) {
        return new Verification.Valid(Terms.of(payment).from(), Json.Obj.EMPTY);
    }

    static Verification invalid(ErrorCode code) {
        return new Verification.Invalid(code, code.value(), true);
    }

    static Receipt receipt(Payment payment, String reference) {
        return new Receipt(
                reference, Terms.of(payment).from(), payment.requirements().amount(), Json.Obj.EMPTY);
    }

    static Signed signed(String reference, String content) {
        return new Signed(reference, 1, Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    static String content(Signed signed) {
        return new String(signed.bytes().toArray(), StandardCharsets.UTF_8);
    }

    Payment payment(String nonce, String from, long amount, long validUntil, String signature, String tenant) {
        PaymentRequirements offer =
                PaymentRequirements.of(kind, AtomicAmount.of(amount), "coin", "shop", 60, Json.Obj.EMPTY);
        Json.Obj payload = Json.Obj.EMPTY
                .with("nonce", nonce)
                .with("from", from)
                .with("to", "shop")
                .with("amount", Json.of(amount))
                .with("validUntil", Json.of(validUntil))
                .with("signature", signature);
        return new Payment(PaymentPayload.of(null, offer, payload), offer, tenant);
    }

    @Override
    public String name() {
        return kind.scheme();
    }

    @Override
    public NetworkPattern networks() {
        return NetworkPattern.of(network);
    }

    @Override
    public PaymentKey key(Payment payment) {
        Terms terms = Terms.of(payment);
        return new PaymentKey(network + "/" + terms.from() + "/" + terms.nonce());
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return Optional.of(side());
    }

    /** What a payload says. */
    record Terms(String nonce, String from, String to, long amount, long validUntil, String signature) {
        static Terms of(Payment payment) {
            Json.Obj payload = payment.payload().payload();
            return new Terms(
                    text(payload, "nonce"),
                    text(payload, "from"),
                    text(payload, "to"),
                    number(payload, "amount"),
                    number(payload, "validUntil"),
                    text(payload, "signature"));
        }

        private static String text(Json.Obj payload, String name) {
            return payload.text(name).orElseThrow(() -> malformed(name));
        }

        private static long number(Json.Obj payload, String name) {
            if (payload.find(name).orElseThrow(() -> malformed(name)) instanceof Json.Num number) {
                return number.value().longValueExact();
            }
            throw malformed(name);
        }

        private static MalformedMessageException malformed(String name) {
            return new MalformedMessageException("/payload/" + name, "a value", "none");
        }
    }

    /** What all toy facilitators have in common. */
    abstract class Side implements SchemeFacilitator {
        @Override
        public Set<Network> networks() {
            return Set.of(network);
        }

        @Override
        public SupportedKind kind(Network asked) {
            return SupportedKind.of(kind);
        }

        @Override
        public List<String> signers(Network asked) {
            return List.of();
        }

        @Override
        public final Verification verify(Payment payment, Instant by) {
            Verification shape = shape(payment);
            return shape != null ? shape : judge(payment);
        }

        abstract Verification judge(Payment payment);
    }
}
