package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Time;
import dev.x402.spec.Network;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Preparation;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.Sighting;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What settled and may go back for days is watched until it is final, and not more often than is sane. */
final class ReturnableTest {
    private final Time time = new Time();
    private final Slow slow = new Slow();
    private final List<SettlementEvent> events = new ArrayList<>();
    private Plugins plugins = Plugins.builder().clock(time).build();

    /** A rail on which everything settles at once; the scheme asks to look again after two seconds. */
    private final class Slow extends ToyScheme {
        private int looks;
        private boolean late;
        private Duration again = Duration.ofSeconds(2);
        private Outcome outcome = new Outcome.Open();

        Slow() {
            super("slow:1");
        }

        @Override
        SchemeFacilitator side() {
            return new Side() {
                @Override
                Verification judge(Payment payment) {
                    return valid(payment);
                }

                @Override
                public Preparation prepare(Movement movement, Instant by) {
                    return signed("tx" + movement.id(), "");
                }

                @Override
                public void submit(Movement movement, Attempt attempt, Instant by) {
                    if (!late) {
                        outcome = new Outcome.Landed(receipt(movement.payments().get(0), "tx1"), Stage.SETTLED);
                    }
                }

                @Override
                public Sighting observe(Movement movement, Instant by) {
                    looks++;
                    boolean over = outcome instanceof Outcome.Reversed;
                    return new Sighting(over ? Advice.DONE : Advice.WAIT, again, List.of(outcome));
                }
            };
        }
    }

    private record Ground(Duration window) implements Rail {
        @Override
        public Collection<RailNetwork> networks() {
            return List.of(
                    new RailNetwork(Network.parse("slow:1"), "Slow", true, Duration.ofDays(1), window, Stage.SETTLED));
        }

        @Override
        public Optional<String> canonicalAccount(Network network, String account) {
            return Optional.of(account);
        }

        @Override
        public Optional<String> canonicalAsset(Network network, String asset) {
            return Optional.of(asset);
        }
    }

    private FacilitatorEngine engine(Duration window) {
        plugins.close();
        plugins =
                Plugins.builder().add(slow).add(new Ground(window)).clock(time).build();
        return FacilitatorEngine.builder(
                        plugins, new InMemorySettlementStore(time), FacilitatorPolicy.anyPayee(), "one")
                .clock(time)
                .pause(time::pass)
                .listener(events::add)
                .build();
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    private Settlement settle(FacilitatorEngine engine) {
        return engine.settle(
                slow.payment("1", "payer", 5, 0, "good", ""), time.instant().plusSeconds(5));
    }

    private void sweepFor(FacilitatorEngine engine, Duration length, Duration step) {
        for (Duration passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plus(step)) {
            time.pass(step);
            engine.sweep();
        }
    }

    @Test
    void money_that_may_go_back_for_months_is_looked_at_by_the_hour() {
        FacilitatorEngine engine = engine(Duration.ofDays(60));
        assertEquals("settled: SETTLED", CalmWorld.kind(settle(engine)));
        assertEquals(1, slow.looks);
        sweepFor(engine, Duration.ofDays(2), Duration.ofMinutes(1));
        assertEquals(1 + 48, slow.looks);
    }

    @Test
    void a_scheme_that_knows_when_its_bank_reports_is_not_asked_before() {
        slow.again = Duration.ofDays(1);
        FacilitatorEngine engine = engine(Duration.ofDays(60));
        settle(engine);
        sweepFor(engine, Duration.ofDays(5), Duration.ofHours(1));
        assertEquals(1 + 5, slow.looks);
    }

    @Test
    void money_that_may_go_back_for_a_minute_is_looked_at_as_the_scheme_says() {
        FacilitatorEngine engine = engine(Duration.ofMinutes(1));
        settle(engine);
        sweepFor(engine, Duration.ofSeconds(20), Duration.ofSeconds(1));
        assertEquals(1 + 10, slow.looks);
    }

    @Test
    void a_return_after_a_month_is_seen_told_and_answered() {
        FacilitatorEngine engine = engine(Duration.ofDays(60));
        settle(engine);
        sweepFor(engine, Duration.ofDays(40), Duration.ofHours(1));
        Outcome.Landed landed = (Outcome.Landed) slow.outcome;
        slow.outcome = new Outcome.Reversed(landed.receipt(), ToyScheme.RETURNED);
        sweepFor(engine, Duration.ofHours(2), Duration.ofHours(1));
        assertEquals(
                List.of("settled: SETTLED", "reversed: returned_by_bank"),
                events.stream().map(event -> CalmWorld.kind(event.now())).toList());
        assertEquals("reversed: returned_by_bank", CalmWorld.kind(settle(engine)));
        int looks = slow.looks;
        sweepFor(engine, Duration.ofDays(30), Duration.ofHours(6));
        assertEquals(looks, slow.looks);
    }

    @Test
    void nobody_waits_for_a_rail_that_takes_a_day() {
        slow.late = true;
        slow.again = Duration.ofHours(20);
        FacilitatorEngine engine = engine(Duration.ofDays(60));
        Instant asked = time.instant();
        assertEquals(new Settlement.Pending(Optional.of("tx1"), true, Duration.ofHours(20)), settle(engine));
        time.pass(Duration.ofHours(1));
        assertEquals(new Settlement.Pending(Optional.of("tx1"), true, Duration.ofHours(19)), settle(engine));
        assertEquals(asked.plus(Duration.ofHours(1)), time.instant());
        assertEquals(1, slow.looks);
    }

    @Test
    void asking_again_does_not_ask_the_rail() {
        FacilitatorEngine engine = engine(Duration.ofDays(60));
        for (int i = 0; i < 100; i++) {
            assertEquals("settled: SETTLED", CalmWorld.kind(settle(engine)));
        }
        assertEquals(1, slow.looks);
    }
}
