package dev.x402.benchmarks.market;

import dev.x402.spec.Json;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Says yes to everything, at once. */
public final class InstantFacilitator implements Facilitator {
    private static final String PAYER = "0x857b06519e91e3a54538791bdbb0e22373e36b66";
    private static final String TRANSACTION = "0x" + "1f".repeat(32);

    /** A facilitator without state. */
    public InstantFacilitator() {}

    @Override
    public SupportedResponse supported(Instant by) {
        return new SupportedResponse(
                List.of(new SupportedKind(Shell.KIND.scheme(), Shell.KIND.network(), Json.Obj.EMPTY, Json.Obj.EMPTY)),
                List.of(),
                List.of(),
                Map.of(),
                Json.Obj.EMPTY);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        return new Verification.Valid(PAYER, Json.Obj.EMPTY);
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        return new Settlement.Settled(
                new Receipt(TRANSACTION, PAYER, payment.requirements().amount(), Json.Obj.EMPTY), Stage.SETTLED);
    }

    @Override
    public void close() {}
}
