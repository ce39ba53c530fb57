package eu.sparrow.x402;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.SchemeServer;
import java.time.Instant;

/** The payee's side: says the speed of an offer that does not, and refuses what nobody could pay. */
final class SepaServer implements SchemeServer {
    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        Terms.refusal(draft).ifPresent(refused -> {
            throw new IllegalArgumentException(refused.message());
        });
        return draft.extraOrEmpty().find(Speed.MEMBER).isPresent()
                ? draft
                : draft.withExtra(draft.extraOrEmpty().with(Speed.MEMBER, Speed.INSTANT.word()));
    }
}
