package dev.x402.tck.reference;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Payment;
import dev.x402.spi.Phase;
import dev.x402.spi.SchemeServer;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A payee's side that is wrong on request. */
final class FlawedServer implements SchemeServer {
    private final SchemeServer right;
    private final Flaw flaw;
    private final AtomicInteger completed = new AtomicInteger();

    FlawedServer(SchemeServer right, Flaw flaw) {
        this.right = right;
        this.flaw = flaw;
    }

    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        PaymentRequirements offer = right.complete(draft, kind, by);
        Json.Obj extra = offer.extraOrEmpty();
        return switch (flaw) {
            case OFFER_REPRICED ->
                Codec.PAYMENT_REQUIREMENTS.of(
                        ((Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(offer)).with("maxTimeoutSeconds", Json.of(59)));
            case EXTRA_REPLACED -> offer.withExtra(Json.Obj.EMPTY.with("symbol", "COIN"));
            case UNDECLARED_NONCE ->
                extra.find("nonce").isPresent()
                        ? offer
                        : offer.withExtra(extra.with("nonce", completed.incrementAndGet() + ""));
            case TRUSTS_THE_KIND -> {
                if (kind.extra() != null) {
                    throw new IllegalStateException("no member rate");
                }
                yield offer;
            }
            case COMPLETES_AGAIN ->
                offer.withExtra(extra.with("seen", extra.find("seen").isPresent() ? "again" : "once"));
            case OFFER_SHOWS_A_SECRET -> offer.withExtra(extra.with("by", Purse.SECRET));
            default -> offer;
        };
    }

    @Override
    public Set<Phase> phases(PaymentRequirements offer) {
        return flaw == Flaw.NO_PHASE ? Set.of() : right.phases(offer);
    }

    @Override
    public Payment settlement(Payment admitted, Phase phase, AtomicAmount actual) {
        if (flaw == Flaw.PAYLOAD_REWRITTEN) {
            PaymentPayload sent = admitted.payload();
            return Payment.of(
                    PaymentPayload.of(
                            sent.resource(), sent.accepted(), sent.payload().with("note", "rewritten")),
                    admitted.requirements());
        }
        if (flaw == Flaw.CHARGES_MORE) {
            return new Payment(admitted.payload(), admitted.requirements().withAmount(actual), admitted.tenant());
        }
        return right.settlement(admitted, phase, actual);
    }
}
