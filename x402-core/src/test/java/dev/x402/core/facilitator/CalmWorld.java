package dev.x402.core.facilitator;

import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** One engine over the toy rails, in which only happens what a test says. */
final class CalmWorld {
    final Baton baton = new Baton();
    final NonceScheme nonces;
    final HashScheme hashes;
    final BankScheme bank;
    final InMemorySettlementStore store = new InMemorySettlementStore(baton);
    final List<SettlementEvent> events = new ArrayList<>();
    final Plugins plugins;
    final FacilitatorEngine engine;

    CalmWorld(Mistake mistake) {
        this(mistake, same -> same);
    }

    CalmWorld(Mistake mistake, UnaryOperator<SettlementStore> around) {
        Random random = new Random(1);
        Faults none = new Faults(baton, random, 0);
        nonces = new NonceScheme(new NonceChain(baton, random), none, random, mistake, 1);
        hashes = new HashScheme(new HashChain(baton, random), none, random, mistake);
        bank = new BankScheme(new Bank(baton, random), none, mistake);
        nonces.chain.disturbed = false;
        hashes.chain.disturbed = false;
        bank.bank.disturbed = false;
        plugins = Plugins.builder()
                .add(nonces)
                .add(hashes)
                .add(bank)
                .add(new ToyRail(mistake == Mistake.ANSWERS_WHEN_SEEN ? Stage.SEEN : Stage.SETTLED))
                .clock(baton)
                .build();
        SettlementStore seen = around.apply(new MistakenStore(store, none, mistake, new MistakenStore.Memory()));
        engine = FacilitatorEngine.builder(plugins, seen, FacilitatorPolicy.anyPayee(), "one")
                .clock(baton)
                .pause(baton)
                .leaseTtl(Duration.ofSeconds(10))
                .listener(events::add)
                .build();
        nonces.chain.mint("payer", 100);
        hashes.chain.mint("payer", 100);
    }

    /** Plays a scene on a thread of the simulation, beside a completer, and returns when it is over. */
    void play(Runnable scene) {
        boolean[] over = {false};
        baton.start(0, () -> {
            while (true) {
                engine.sweep();
                baton.rest(1_000);
            }
        });
        baton.start(0, () -> {
            scene.run();
            over[0] = true;
        });
        baton.run(() -> over[0], 1_000_000);
        if (!over[0]) {
            throw new AssertionError("the scene did not end");
        }
    }

    /** Asks once, waiting so many seconds at most. */
    Settlement settle(Payment payment, int seconds) {
        return engine.settle(payment, baton.instant().plusSeconds(seconds));
    }

    /** A payment on the chain of nonces that lives for so many seconds. */
    Payment onNonces(String nonce, int seconds) {
        return nonces.payment(nonce, "payer", 5, baton.now() + seconds * 1_000L, "good", "");
    }

    /** What is left of a settlement when its reference does not matter. */
    static String kind(Settlement settlement) {
        if (settlement instanceof Settlement.Rejected rejected) {
            return "rejected: " + rejected.code();
        }
        if (settlement instanceof Settlement.Settled settled) {
            return "settled: " + settled.stage();
        }
        return settlement instanceof Settlement.Reversed reversed ? "reversed: " + reversed.code() : "pending";
    }
}
