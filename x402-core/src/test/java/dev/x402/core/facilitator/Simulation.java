package dev.x402.core.facilitator;

import dev.x402.core.facilitator.NonceChain.Auth;
import dev.x402.core.facilitator.ToyScheme.Terms;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Two replicas of the engine over three rails, in a world that a seed decides. */
final class Simulation {
    private static final long ACTIVE = 110_000;
    private static final long LONGEST = 1_200_000;
    private static final String EVIL = "evil";

    private final long seed;
    private final Mistake mistake;
    private final Random random;
    private final Baton baton = new Baton();
    private final Faults faults;
    private final NonceScheme nonces;
    private final HashScheme hashes;
    private final BankScheme bank;
    private final InMemorySettlementStore store;
    private final MistakenStore.Memory memory = new MistakenStore.Memory();
    private final Plugins plugins;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Intent> intents = new ArrayList<>();
    private final Map<PaymentKey, List<SettlementEvent>> heard = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final boolean faulty;
    private int running;
    private int probes;

    /** What a run showed. */
    record Result(
            long seed,
            List<String> violations,
            int intents,
            int unserved,
            int kills,
            int pauses,
            int losses,
            int attempts) {
        boolean isBroken() {
            return !violations.isEmpty();
        }

        /** All of these; the seed is their number. */
        static Result sum(List<Result> results) {
            return new Result(
                    results.size(),
                    results.stream()
                            .flatMap(result -> result.violations().stream())
                            .toList(),
                    results.stream().mapToInt(Result::intents).sum(),
                    results.stream().mapToInt(Result::unserved).sum(),
                    results.stream().mapToInt(Result::kills).sum(),
                    results.stream().mapToInt(Result::pauses).sum(),
                    results.stream().mapToInt(Result::losses).sum(),
                    results.stream().mapToInt(Result::attempts).sum());
        }
    }

    private Simulation(long seed, Mistake mistake, boolean faulty) {
        this.seed = seed;
        this.mistake = mistake;
        this.faulty = faulty;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.faults = new Faults(baton, random, faulty ? (1 + random.nextInt(3)) / 2.0 : 0);
        this.nonces =
                new NonceScheme(new NonceChain(baton, random), faults, random, mistake, random.nextInt(3) == 0 ? 3 : 1);
        this.hashes = new HashScheme(new HashChain(baton, random), faults, random, mistake);
        this.bank = new BankScheme(new Bank(baton, random), faults, mistake);
        this.store = new InMemorySettlementStore(baton);
        this.plugins = Plugins.builder()
                .add(spelling(nonces))
                .add(spelling(hashes))
                .add(spelling(bank))
                .add(new ToyRail(mistake == Mistake.ANSWERS_WHEN_SEEN ? Stage.SEEN : Stage.SETTLED))
                .clock(baton)
                .build();
        if (!faulty) {
            calm();
        }
    }

    /** Runs a seed to its end. */
    static Result run(long seed, Mistake mistake, boolean faulty) {
        return new Simulation(seed, mistake, faulty).run();
    }

    private Result run() {
        for (int i = 0; i < 2; i++) {
            Replica replica = new Replica("replica-" + i);
            replicas.add(replica);
            baton.start(0, replica::live);
        }
        int count = 4 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            begin(new Intent(
                    "payer" + i,
                    switch (random.nextInt(5)) {
                        case 0, 1, 2 -> nonces;
                        case 3 -> hashes;
                        default -> bank;
                    }));
        }
        if (faulty) {
            baton.after(random.nextInt(60_000), () -> {
                if (random.nextInt(4) == 0) {
                    nonces.chain.foreignUse(NonceScheme.SIGNERS.get(random.nextInt(2)));
                }
            });
            baton.after(ACTIVE, this::calm);
        }
        baton.run(this::isOver, LONGEST);
        judge();
        int unserved = (int) intents.stream().filter(intent -> !intent.served()).count();
        return new Result(
                seed,
                violations,
                intents.size(),
                unserved,
                faults.kills,
                faults.pauses,
                faults.losses,
                nonces.submissions + hashes.submissions + bank.submissions);
    }

    private void calm() {
        faults.stop();
        nonces.chain.disturbed = false;
        hashes.chain.disturbed = false;
        bank.bank.disturbed = false;
    }

    private boolean isOver() {
        if (running > 0 || baton.now() < ACTIVE || !isSettled()) {
            return false;
        }
        if (probes == 0) {
            for (int i = 0; i < 2; i++) {
                probes++;
                Intent probe = new Intent("probe" + i, nonces);
                nonces.chain.mint(probe.payer, probe.amount);
                intents.add(probe);
                client(probe, probe.sign(), true, 0);
            }
            return false;
        }
        return true;
    }

    private boolean isSettled() {
        return store.queued(1).isEmpty()
                && store.isIdle()
                && store.events(1).isEmpty()
                && nonces.chain.isIdle(NonceScheme.SIGNERS);
    }

    private void begin(Intent intent) {
        intents.add(intent);
        long start = random.nextInt(50_000);
        boolean late = faulty && random.nextInt(6) == 0;
        baton.after(late ? start + 5_000 + random.nextInt(60_000) : 0, () -> mint(intent, intent.amount * 3));
        if (faulty && intent.scheme != bank && random.nextInt(4) == 0) {
            long spree = start + random.nextInt(15_000);
            baton.after(spree, () -> mint(intent, -intent.amount * 3));
            baton.after(spree + 3_000 + random.nextInt(30_000), () -> mint(intent, intent.amount * 3));
        }
        baton.after(start, () -> {
            Payment payment = intent.sign();
            int duplicates = faulty ? random.nextInt(3) : 1;
            client(intent, payment, true, 0);
            for (int i = 0; i < duplicates; i++) {
                client(intent, payment, false, random.nextInt(30_000));
            }
            if (faulty) {
                strangers(intent, payment);
            }
        });
    }

    private void mint(Intent intent, long amount) {
        nonces.chain.mint(intent.payer, amount);
        hashes.chain.mint(intent.payer, amount);
    }

    private void strangers(Intent intent, Payment payment) {
        Terms terms = Terms.of(payment);
        if (random.nextInt(6) == 0) {
            client(intent, intent.spelled(payment, "forged", ""), false, random.nextInt(10_000));
        }
        if (random.nextInt(8) == 0) {
            client(intent, intent.spelled(payment, "good", EVIL), false, random.nextInt(10_000));
        }
        if (random.nextInt(8) == 0) {
            for (int i = 0; i < 3; i++) {
                client(intent, intent.spelled(payment, "good" + i, ""), false, random.nextInt(20_000));
            }
        }
        if (intent.scheme == nonces && random.nextInt(15) == 0) {
            intent.cheats = true;
            Auth self = new Auth(terms.nonce(), terms.from(), terms.from(), terms.amount(), terms.validUntil());
            baton.after(random.nextInt(20_000), () -> nonces.chain.stranger(List.of(self)));
        }
    }

    /** Somebody who asks until there is an answer; the owner signs anew when he is rejected. */
    private void client(Intent intent, Payment payment, boolean owner, long delay) {
        running++;
        baton.start(delay, () -> {
            for (int tries = 0; tries < 30; tries++) {
                Settlement answer = ask(payment);
                if (answer == null) {
                    baton.rest(200 + random.nextInt(2_000));
                    continue;
                }
                intent.answers.add(new Answer(payment, answer));
                if (answer instanceof Settlement.Pending pending) {
                    baton.rest(
                            Math.min(8_000, Math.max(100, pending.retryAfter().toMillis())));
                } else if (answer instanceof Settlement.Rejected rejected
                        && !rejected.code().equals(ErrorCode.DUPLICATE_SETTLEMENT)
                        && owner
                        && intent.signed.size() < 3) {
                    client(intent, intent.sign(), true, 100 + random.nextInt(3_000));
                    break;
                } else if (tries > 25 || random.nextInt(3) > 0) {
                    break;
                } else {
                    baton.rest(random.nextInt(20_000));
                }
            }
            running--;
        });
    }

    private Settlement ask(Payment payment) {
        Replica replica = replicas.get(random.nextInt(replicas.size()));
        List<Settlement> answer = new ArrayList<>();
        try {
            baton.in(
                    replica.process,
                    () -> answer.add(
                            replica.front.settle(payment, baton.instant().plusMillis(2_000 + random.nextInt(6_000)))));
        } catch (Baton.Killed e) {
            return null;
        }
        return faulty && random.nextInt(20) == 0 ? null : answer.get(0);
    }

    private void judge() {
        if (!isSettled() || running > 0) {
            violations.add("not everything ended: " + (running > 0 ? running + " clients" : "movements or lanes"));
        }
        for (Intent intent : intents) {
            intent.judge();
        }
        heard.forEach((key, events) -> {
            long last = 0;
            for (SettlementEvent event : events) {
                if (event.id() > last) {
                    last = event.id();
                } else if (events.indexOf(event) == events.lastIndexOf(event)) {
                    violations.add(key + ": event " + event.id() + " was first heard after " + last);
                }
            }
        });
    }

    private final class Replica {
        private final String name;
        private Baton.Process process = new Baton.Process();
        private Facilitator front = new NoFacilitator();

        private Replica(String name) {
            this.name = name;
        }

        private void live() {
            process = new Baton.Process();
            FacilitatorEngine engine = FacilitatorEngine.builder(
                            plugins,
                            mistake == Mistake.NONE
                                    ? new FaultyStore(store, faults)
                                    : new MistakenStore(store, faults, mistake, memory),
                            payment -> payment.tenant().equals(EVIL)
                                    ? Optional.of(new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "not his payee"))
                                    : Optional.empty(),
                            name)
                    .clock(baton)
                    .pause(baton)
                    .leaseTtl(Duration.ofSeconds(10))
                    .listener(this::hear)
                    .build();
            front = MistakenFacilitator.of(mistake, engine, plugins, store);
            try {
                baton.in(process, () -> {
                    while (true) {
                        engine.sweep();
                        baton.rest(1_000 + random.nextInt(1_000));
                    }
                });
            } catch (Baton.Killed e) {
                baton.start(500 + random.nextInt(15_000), this::live);
            }
        }

        private void hear(SettlementEvent event) {
            if (faults.isOn() && random.nextInt(20) == 0) {
                throw new IllegalStateException("listener: not now");
            }
            heard.computeIfAbsent(event.key(), same -> new ArrayList<>()).add(event);
        }
    }

    private record Answer(Payment payment, Settlement settlement) {}

    /** Something that a payer wants to pay once. */
    private final class Intent {
        private final String payer;
        private final ToyScheme scheme;
        private final long amount;
        private final List<Payment> signed = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private boolean cheats;
        private boolean duplicated;

        private Intent(String payer, ToyScheme scheme) {
            this.payer = payer;
            this.scheme = scheme;
            this.amount = 5;
        }

        private Payment sign() {
            long until = scheme == hashes
                    ? hashes.chain.head(0).height() + 30 + random.nextInt(40)
                    : baton.now() + 40_000 + random.nextInt(60_000);
            Payment payment = scheme.payment("n" + signed.size(), payer, amount, until, "good", "");
            signed.add(payment);
            return payment;
        }

        private Payment spelled(Payment payment, String signature, String tenant) {
            Terms terms = Terms.of(payment);
            return scheme.payment(terms.nonce(), payer, amount, terms.validUntil(), signature, tenant);
        }

        private int transfers(Payment payment) {
            if (scheme == nonces) {
                return nonces.transfers(payment, "shop");
            }
            return scheme == hashes
                    ? hashes.transfers(payment)
                    : bank.bank.debits(bank.key(payment).value());
        }

        private boolean served() {
            return cheats
                    || duplicated
                    || answers.stream().anyMatch(answer -> answer.settlement() instanceof Settlement.Settled);
        }

        private void judge() {
            int all = signed.stream().mapToInt(this::transfers).sum();
            if (all > 1) {
                violations.add(payer + ": paid " + all + " times");
            }
            for (Answer answer : answers) {
                judge(answer);
            }
            for (Payment payment : signed) {
                judge(payment);
            }
        }

        private void judge(Answer answer) {
            int transfers = transfers(answer.payment());
            PaymentRow row = row(answer.payment());
            if (answer.settlement() instanceof Settlement.Settled
                    && transfers != 1
                    && (row == null || row.state() != PaymentRow.State.REVERSED)) {
                violations.add(payer + ": settled, but the money moved " + transfers + " times");
            }
            if (answer.settlement() instanceof Settlement.Settled
                    && answer.payment().tenant().equals(EVIL)) {
                violations.add(payer + ": one payment served two tenants");
            }
            if (answer.settlement() instanceof Settlement.Rejected rejected && signed.contains(answer.payment())) {
                if (rejected.code().equals(ErrorCode.DUPLICATE_SETTLEMENT)) {
                    duplicated = true;
                } else if (transfers > 0) {
                    violations.add(payer + ": rejected with " + rejected.code() + ", but the money moved");
                } else if (rejected.code().equals(ToyScheme.FORGED)) {
                    violations.add(payer + ": rejected for somebody else's forgery");
                } else if (rejected.message().equals("not his payee")) {
                    violations.add(payer + ": rejected for somebody else's tenant");
                }
            }
        }

        private void judge(Payment payment) {
            PaymentRow row = row(payment);
            if (row == null) {
                return;
            }
            if (!Terms.of(row.payment()).signature().startsWith("good")) {
                violations.add(payer + ": a forged payment is in the store");
            }
            boolean known = row.state() == PaymentRow.State.FINAL
                    || row.state() == PaymentRow.State.FAILED
                    || row.state() == PaymentRow.State.REVERSED;
            if (!known) {
                violations.add(payer + ": still " + row.state());
            } else if (row.movement().isPresent()) {
                List<SettlementEvent> events = heard.getOrDefault(row.key(), List.of());
                Settlement last = row.last().orElseThrow();
                if (events.stream().noneMatch(event -> event.now().equals(last))) {
                    violations.add(payer + ": nobody heard of " + row.state());
                }
            }
            if (row.state() == PaymentRow.State.FINAL && transfers(payment) != 1) {
                violations.add(payer + ": final, but the money moved " + transfers(payment) + " times");
            }
        }

        private PaymentRow row(Payment payment) {
            return store.find(
                            plugins.scheme(payment.kind()).orElseThrow().key(payment), new Binding(plugins).of(payment))
                    .orElse(null);
        }
    }

    private PaymentScheme spelling(ToyScheme scheme) {
        return mistake == Mistake.KEY_BY_SPELLING ? new SpelledScheme(scheme) : scheme;
    }
}
