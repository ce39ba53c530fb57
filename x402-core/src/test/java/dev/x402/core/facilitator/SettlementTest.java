package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.Json;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One payment at one engine. */
class SettlementTest {
    private final CounterRail rail = new CounterRail();
    private final ManualTime time = new ManualTime();
    private final InMemorySettlementStore store = new InMemorySettlementStore(time);
    private final List<SettlementEvent> events = new ArrayList<>();
    private final Plugins plugins = Plugins.builder().add(rail).clock(time).build();
    private final FacilitatorEngine engine = engine(FacilitatorPolicy.anyPayee());

    @Test
    void settles_a_payment_without_waiting() {
        Settlement settlement = settle("a");

        assertEquals(new Settlement.Settled(receipt("tx0.0"), Stage.FINAL), settlement);
        assertEquals(List.of("verify", "confirmedNext", "prepare 0", "submit 0", "observe"), rail.calls);
        assertEquals(ManualTime.START, time.instant());
    }

    @Test
    void answers_a_repeat_with_the_first_result_and_without_the_rail() {
        Settlement first = settle("a");
        rail.calls.clear();

        assertEquals(first, settle("a"));
        assertEquals(List.of(), rail.calls);
    }

    private Settlement settle(String nonce) {
        return engine.settle(CounterRail.payment(nonce), time.instant().plusSeconds(10));
    }

    private FacilitatorEngine engine(FacilitatorPolicy policy) {
        return FacilitatorEngine.builder(plugins, store, policy, "one")
                .clock(time)
                .pause(time)
                .listener(events::add)
                .build();
    }

    private static dev.x402.spi.Receipt receipt(String reference) {
        return new dev.x402.spi.Receipt(reference, "payer", dev.x402.spec.AtomicAmount.of(5), Json.Obj.EMPTY);
    }
}
