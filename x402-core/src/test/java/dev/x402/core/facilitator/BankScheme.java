package dev.x402.core.facilitator;

import dev.x402.core.facilitator.Bank.Entry;
import dev.x402.core.facilitator.Bank.Fate;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The scheme at {@link Bank}: a file is sent once, and again under a new trace only when it provably never arrived. */
final class BankScheme extends ToyScheme {
    private static final int ATTEMPTS = 5;

    final Bank bank;
    private final Faults faults;
    int submissions;
    private final Mistake mistake;

    BankScheme(Bank bank, Faults faults, Mistake mistake) {
        super("bank:us");
        this.bank = bank;
        this.faults = faults;
        this.mistake = mistake;
    }

    @Override
    SchemeFacilitator side() {
        return new BankSide();
    }

    private <T> T ask(Supplier<T> effect) {
        return faults.call(effect, () -> new RailUnavailableException("bank:us: no answer"));
    }

    private final class BankSide extends Side {
        @Override
        Verification judge(Payment payment) {
            return ask(() -> valid(payment));
        }

        @Override
        public Preparation prepare(Movement movement, Instant by) {
            String trace = "trace" + movement.id() + "." + movement.last().number();
            return ask(() -> signed(trace, Long.toString(bank.window())));
        }

        @Override
        public void submit(Movement movement, Attempt attempt, Instant by) {
            submissions++;
            ask(() -> {
                Payment payment = movement.payments().get(0);
                bank.send(new Entry(
                        attempt.signed().orElseThrow().reference(), key(payment).value(), window(attempt)));
                return true;
            });
        }

        @Override
        public Sighting observe(Movement movement, Instant by) {
            return ask(() -> {
                Payment payment = movement.payments().get(0);
                Attempt last = movement.last();
                for (Attempt attempt : movement.attempts()) {
                    String trace = attempt.signed().orElseThrow().reference();
                    Fate fate = bank.fate(trace).orElse(Fate.REJECTED);
                    if (!bank.reported(window(attempt))) {
                        continue;
                    }
                    if (fate == Fate.RETURNED) {
                        return sighting(Advice.DONE, new Outcome.Reversed(receipt(payment, trace), RETURNED));
                    }
                    if (fate == Fate.DEBITED) {
                        boolean over = bank.isFinal(window(attempt)) || mistake == Mistake.CLOSES_ON_SETTLED;
                        return sighting(
                                over ? Advice.DONE : Advice.WAIT,
                                new Outcome.Landed(receipt(payment, trace), over ? Stage.FINAL : Stage.SETTLED));
                    }
                    if (fate == Fate.REFUSED) {
                        return sighting(Advice.DONE, new Outcome.Failed(REFUSED));
                    }
                }
                if (!bank.reported(window(last))) {
                    boolean resend = mistake == Mistake.RESENDS_TO_BANK;
                    return sighting(resend ? Advice.RESEND : Advice.WAIT, new Outcome.Open());
                }
                boolean again = movement.attempts().size() < ATTEMPTS && mistake != Mistake.NEVER_RENEWS;
                return again
                        ? sighting(Advice.RENEW, new Outcome.Open())
                        : sighting(Advice.DONE, new Outcome.Failed(REFUSED));
            });
        }

        private Sighting sighting(Advice advice, Outcome outcome) {
            return new Sighting(advice, Duration.ofSeconds(3), List.of(outcome));
        }

        private long window(Attempt attempt) {
            return Long.parseLong(content(attempt.signed().orElseThrow()));
        }
    }
}
