package com.acme.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Payment;
import dev.x402.spi.Phase;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.time.Instant;

/** The payee's side: refuses offers that nobody could pay; charges a metered payment what was used. */
final class AcmeServer implements SchemeServer {
    private final Rules rules;
    private final SchemeContext context;

    AcmeServer(Rules rules, SchemeContext context) {
        this.rules = rules;
        this.context = context;
    }

    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        rules.terms(draft).ifPresent(refused -> {
            throw new IllegalArgumentException(refused.message());
        });
        if (context.asset(draft.assetId()).isEmpty()) {
            throw new IllegalArgumentException("asset: expected a registered one of " + draft.network() + ", saw "
                    + draft.asset() + "; add an AssetSource that names it");
        }
        return rules.metered() ? draft.withExtra(draft.extraOrEmpty().with(Rules.SENDER_MEMBER, sender(kind))) : draft;
    }

    /** Moves what was used instead of what was offered; never more, and all of it unless the scheme is metered. */
    @Override
    public Payment settlement(Payment admitted, Phase phase, AtomicAmount actual) {
        PaymentRequirements offer = admitted.requirements();
        return rules.metered() && actual.compareTo(offer.amount()) < 0
                ? new Payment(admitted.payload(), offer.withAmount(actual), admitted.tenant())
                : admitted;
    }

    private static Json sender(SupportedKind kind) {
        Json.Obj extra = kind.extra() == null ? Json.Obj.EMPTY : kind.extra();
        return extra.find(Rules.SENDER_MEMBER)
                .orElseThrow(() -> new IllegalArgumentException(
                        "supported kind " + kind.kind() + ": expected extra.sender, saw none; ask another facilitator"));
    }
}
