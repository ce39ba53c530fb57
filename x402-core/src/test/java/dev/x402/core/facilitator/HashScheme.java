package dev.x402.core.facilitator;

import dev.x402.core.facilitator.HashChain.Block;
import dev.x402.core.facilitator.HashChain.Done;
import dev.x402.core.facilitator.HashChain.Tx;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
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
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** The scheme on {@link HashChain}: no lanes, one transaction, resent until it landed or died. */
final class HashScheme extends ToyScheme {
    private static final int STALE = 8;

    final HashChain chain;
    private final Faults faults;
    int submissions;
    private final Random random;
    private final Mistake mistake;

    HashScheme(HashChain chain, Faults faults, Random random, Mistake mistake) {
        super("hashes:1");
        this.chain = chain;
        this.faults = faults;
        this.random = random;
        this.mistake = mistake;
    }

    /** How often a payment moved money. */
    int transfers(Payment payment) {
        Terms terms = Terms.of(payment);
        Done done = chain.head(0).done().get(terms.from() + "/" + terms.nonce());
        return done != null && done.moved() ? 1 : 0;
    }

    @Override
    SchemeFacilitator side() {
        return new HashSide();
    }

    private <T> T ask(Supplier<T> effect) {
        return faults.call(effect, () -> new RailUnavailableException("hashes:1: no answer"));
    }

    private int lag() {
        return chain.disturbed && random.nextInt(3) == 0 ? random.nextInt(STALE + 1) : 0;
    }

    private final class HashSide extends Side {
        @Override
        Verification judge(Payment payment) {
            return ask(() -> executable(payment, chain.head(lag())));
        }

        @Override
        public Preparation prepare(Movement movement, Instant by) {
            return ask(() -> {
                Payment payment = movement.payments().get(0);
                Verification now = executable(payment, chain.head(lag()));
                return now instanceof Verification.Invalid
                        ? new Declined(Map.of(key(payment), now))
                        : signed(tx(payment).id(), tx(payment).id());
            });
        }

        @Override
        public void submit(Movement movement, Attempt attempt, Instant by) {
            submissions++;
            ask(() -> {
                chain.send(tx(movement.payments().get(0)));
                return true;
            });
        }

        @Override
        public Sighting observe(Movement movement, Instant by) {
            Payment payment = movement.payments().get(0);
            int node = lag();
            if (mistake == Mistake.STATUS_BEFORE_HEIGHT) {
                Block status = ask(() -> chain.head(STALE));
                int height = ask(() -> chain.finalised(0).height());
                return sighting(payment, status, chain.finalised(STALE), height);
            }
            int height = ask(() -> chain.finalised(node).height());
            return ask(() -> sighting(payment, chain.head(node), chain.finalised(node), height));
        }

        private Sighting sighting(Payment payment, Block head, Block last, int height) {
            Tx tx = tx(payment);
            Done done = head.done().get(tx.id());
            if (done == null) {
                return height > tx.lastHeight()
                        ? sighting(Advice.DONE, new Outcome.Failed(EXPIRED))
                        : sighting(Advice.RESEND, new Outcome.Open());
            }
            boolean settled = done.height() <= last.height();
            if (done.moved()) {
                return sighting(
                        settled ? Advice.DONE : Advice.WAIT,
                        new Outcome.Landed(receipt(payment, tx.id()), settled ? Stage.FINAL : Stage.SEEN));
            }
            return settled
                    ? sighting(Advice.DONE, new Outcome.Failed(ErrorCode.INSUFFICIENT_FUNDS))
                    : sighting(Advice.WAIT, new Outcome.Open());
        }

        private Sighting sighting(Advice advice, Outcome outcome) {
            return new Sighting(advice, Duration.ofMillis(800), List.of(outcome));
        }

        private Verification executable(Payment payment, Block head) {
            Terms terms = Terms.of(payment);
            if (head.done().containsKey(tx(payment).id())) {
                return invalid(USED);
            }
            if (head.height() + 2 > terms.validUntil()) {
                return invalid(EXPIRED);
            }
            return chain.balance(terms.from(), head) < terms.amount()
                    ? invalid(ErrorCode.INSUFFICIENT_FUNDS)
                    : valid(payment);
        }

        private Tx tx(Payment payment) {
            Terms terms = Terms.of(payment);
            return new Tx(terms.from() + "/" + terms.nonce(), terms.from(), terms.amount(), terms.validUntil());
        }
    }
}
