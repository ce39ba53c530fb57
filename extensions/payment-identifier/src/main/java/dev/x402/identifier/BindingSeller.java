package dev.x402.identifier;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.Refusal;
import dev.x402.spi.PaymentExtension.Visit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Refuses a name that is missing, malformed, or another payment's. */
final class BindingSeller implements PaymentExtension.ServerSide {
    private static final ErrorCode REQUIRED = new ErrorCode("payment_identifier_required");
    private static final ErrorCode INVALID = new ErrorCode("payment_identifier_invalid");
    private static final ErrorCode CONFLICT = new ErrorCode("payment_identifier_conflict");
    private static final String ID = "extensions." + PaymentIdentifier.KEY + ".info.id";

    private final Bound bound;

    BindingSeller(Bound bound) {
        this.bound = bound;
    }

    @Override
    public Optional<Json> declare(Visit visit, List<PaymentRequirements> offers) {
        return visit.declared().map(said -> Declaration.of(Declaration.asks(said)));
    }

    @Override
    public Optional<Refusal> refuse(Visit visit, PaymentPayload payload) {
        return judged(visit, payload, bound::allows);
    }

    @Override
    public Optional<Refusal> reserve(Visit visit, PaymentPayload payload) {
        return judged(visit, payload, bound::bind);
    }

    private static Optional<Refusal> judged(
            Visit visit, PaymentPayload payload, BiPredicate<BindingKey, Fingerprint> allowed) {
        Identifier identifier = Identifier.of(payload);
        if (identifier instanceof Identifier.Malformed malformed) {
            return Optional.of(new Refusal(false, INVALID, malformed.message()));
        }
        if (identifier instanceof Identifier.Named named) {
            return allowed.test(BindingKey.of(visit.tenant(), named.id()), Fingerprint.of(visit, payload))
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            true,
                            CONFLICT,
                            ID + ": expected a new identifier for a new payment or request, saw one that is bound to"
                                    + " another; repeat exactly what was sent, or choose another identifier"));
        }
        return visit.declared().filter(Declaration::asks).isPresent()
                ? Optional.of(new Refusal(
                        false,
                        REQUIRED,
                        ID + ": expected an identifier of " + Identifier.SHORTEST + " to " + Identifier.LONGEST
                                + " letters, digits, hyphens and underscores, saw none; add one"))
                : Optional.empty();
    }
}
