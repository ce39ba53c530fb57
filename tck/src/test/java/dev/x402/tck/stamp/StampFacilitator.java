package dev.x402.tck.stamp;

import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Says that it saw the stamp. */
final class StampFacilitator implements FacilitatorSide {
    private static final long SLOW = 1_300_000_000L;

    private final StampFlaw flaw;

    StampFacilitator(StampFlaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public Optional<Json> answer(Payment payment, Json echoed, boolean settled) {
        if (flaw == StampFlaw.ANSWERS_BY_THE_ECHO) {
            return Optional.of(echoed);
        }
        if (flaw == StampFlaw.ANSWERS_SLOWLY
                && echoed instanceof Json.Arr many
                && many.elements().size() > 60) {
            var threads = ManagementFactory.getThreadMXBean();
            long begin = threads.getCurrentThreadCpuTime();
            while (threads.getCurrentThreadCpuTime() - begin < SLOW) {
                Thread.onSpinWait();
            }
        }
        return Optional.of(
                Json.object().put("status", settled ? "stamped" : "seen").build());
    }
}
