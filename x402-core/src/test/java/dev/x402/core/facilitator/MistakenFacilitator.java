package dev.x402.core.facilitator;

import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;

/** An engine in front of which one mistake is made. */
final class MistakenFacilitator implements Facilitator {
    private final Mistake mistake;
    private final FacilitatorEngine engine;
    private final Plugins plugins;
    private final SettlementStore store;

    private MistakenFacilitator(Mistake mistake, FacilitatorEngine engine, Plugins plugins, SettlementStore store) {
        this.mistake = mistake;
        this.engine = engine;
        this.plugins = plugins;
        this.store = store;
    }

    static Facilitator of(Mistake mistake, FacilitatorEngine engine, Plugins plugins, SettlementStore store) {
        return new MistakenFacilitator(mistake, engine, plugins, store);
    }

    @Override
    public SupportedResponse supported(Instant by) {
        return engine.supported(by);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        return engine.verify(payment, by);
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        switch (mistake) {
            case CLAIMS_BEFORE_VERIFYING ->
                store.claim(
                        plugins.scheme(payment.kind()).orElseThrow().key(payment),
                        payment,
                        new Binding(plugins).of(payment));
            case VERIFIES_BEFORE_LOOKING_UP -> {
                if (verified(payment, by) instanceof Verification.Invalid invalid) {
                    return new Settlement.Rejected(invalid.code(), invalid.message());
                }
            }
            case UNAVAILABLE_IS_INVALID -> {
                Settlement answer = engine.settle(payment, by);
                return answer instanceof Settlement.Pending pending && !pending.started()
                        ? new Settlement.Rejected(ToyScheme.EXPIRED, "rpc")
                        : answer;
            }
            case BINDING_WITHOUT_TENANT -> {
                return engine.settle(new Payment(payment.payload(), payment.requirements(), ""), by);
            }
            default -> {}
        }
        return engine.settle(payment, by);
    }

    private Verification verified(Payment payment, Instant by) {
        try {
            return plugins.facilitator(payment.kind()).verify(payment, by);
        } catch (RuntimeException e) {
            return new Verification.Unavailable("rail", java.time.Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
