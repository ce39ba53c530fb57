package dev.x402.tck.reference;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.time.Instant;

/** Completes offers with the symbol of the asset. */
final class LedgerServer implements SchemeServer {
    private final SchemeContext context;
    private final Flaw flaw;
    private final LedgerRail rail = new LedgerRail();

    LedgerServer(SchemeContext context, Flaw flaw) {
        this.context = context;
        this.flaw = flaw;
    }

    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        if (!draft.kind().equals(kind.kind())) {
            throw new IllegalArgumentException("kind: expected " + draft.kind() + ", saw " + kind.kind());
        }
        if (rail.canonicalAccount(draft.network(), draft.payTo()).isEmpty()) {
            throw new IllegalArgumentException("payTo: expected an account of " + draft.network());
        }
        String symbol = context.asset(draft.assetId())
                .orElseThrow(() -> new IllegalArgumentException("asset: expected a known asset of " + draft.network()))
                .symbol();
        return draft.extraOrEmpty().find("symbol").isPresent()
                ? draft
                : draft.withExtra(draft.extraOrEmpty().with("symbol", symbol));
    }
}
