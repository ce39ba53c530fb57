package dev.x402.core.facilitator;

import dev.x402.core.facilitator.NonceChain.Auth;
import dev.x402.core.facilitator.NonceChain.Block;
import dev.x402.core.facilitator.NonceChain.Tx;
import dev.x402.core.facilitator.NonceChain.Use;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Network;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Lane;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The scheme on {@link NonceChain}, with two signers, right unless told to make a mistake. */
final class NonceScheme extends ToyScheme {
    static final List<String> SIGNERS = List.of("signer-a", "signer-b");

    private static final int STALE = 8;

    final NonceChain chain;
    private final Faults faults;
    int submissions;
    int lanes = SIGNERS.size();
    private final Random random;
    private final Mistake mistake;
    private final int batch;

    NonceScheme(NonceChain chain, Faults faults, Random random, Mistake mistake, int batch) {
        super("nonces:1");
        this.chain = chain;
        this.faults = faults;
        this.random = random;
        this.mistake = mistake;
        this.batch = batch;
    }

    /** How often a payment moved money to somebody. */
    int transfers(Payment payment, String to) {
        Terms terms = Terms.of(payment);
        Use use = chain.head(0).state().used().get(terms.from() + "/" + terms.nonce());
        return use != null && use.auth().to().equals(to) ? 1 : 0;
    }

    Lane lane(int signer) {
        return new Lane(network, SIGNERS.get(signer));
    }

    @Override
    SchemeFacilitator side() {
        return new NonceSide();
    }

    private <T> T ask(Supplier<T> effect) {
        return faults.call(effect, () -> new RailUnavailableException("nonces:1: no answer"));
    }

    private int lag() {
        return chain.disturbed && random.nextInt(3) == 0 ? random.nextInt(STALE + 1) : 0;
    }

    private final class NonceSide extends Side {
        @Override
        public List<String> signers(Network asked) {
            return SIGNERS;
        }

        @Override
        public int maxPayments(Network asked) {
            return batch;
        }

        @Override
        public List<Lane> lanes(List<Payment> payments) {
            return IntStream.range(0, lanes).mapToObj(NonceScheme.this::lane).toList();
        }

        @Override
        public long confirmedNext(Lane lane, Instant by) {
            return ask(() -> chain.finalised(lag()).state().nonce(lane.signer()));
        }

        @Override
        Verification judge(Payment payment) {
            return ask(() -> executable(payment, chain.head(lag()), 6_000));
        }

        @Override
        public Preparation prepare(Movement movement, Instant by) {
            return ask(() -> {
                boolean fresh = movement.attempts().size() == 1;
                Map<PaymentKey, Verification> refused = new HashMap<>();
                for (Payment payment : movement.payments()) {
                    Verification now = executable(payment, chain.head(lag()), 4_000);
                    if (now instanceof Verification.Invalid) {
                        refused.put(key(payment), now);
                    }
                }
                if (fresh && !refused.isEmpty()) {
                    return new Declined(refused);
                }
                Attempt last = movement.last();
                long fee = Math.max(chain.baseFee() * 3 / 2, highest(movement, last) * 5 / 4 + 1);
                String signer = last.slot().orElseThrow().lane().signer();
                long sequence = last.slot().orElseThrow().sequence();
                String hash = signer + "#" + sequence + "@" + fee + "." + movement.id();
                Signed signed = signed(hash, Long.toString(fee));
                if (mistake == Mistake.PERSIST_AFTER_SEND) {
                    chain.send(tx(movement, last.with(signed)));
                }
                return signed;
            });
        }

        @Override
        public void submit(Movement movement, Attempt attempt, Instant by) {
            submissions++;
            ask(() -> {
                chain.send(tx(movement, attempt));
                return true;
            });
        }

        @Override
        public Sighting observe(Movement movement, Instant by) {
            int node = lag();
            if (mistake == Mistake.STATUS_BEFORE_HEIGHT) {
                Block head = ask(() -> chain.head(STALE));
                Block later = ask(() -> chain.finalised(STALE));
                return sighting(
                        movement, head, later, ask(() -> chain.finalised(0)).time());
            }
            long finalTime = ask(() -> chain.finalised(node).time());
            return ask(() -> sighting(movement, chain.head(node), chain.finalised(node), finalTime));
        }

        private Sighting sighting(Movement movement, Block head, Block last, long finalTime) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Payment payment : movement.payments()) {
                outcomes.add(outcome(movement, payment, head, last, finalTime));
            }
            return new Sighting(advice(movement, outcomes, head, last), Duration.ofMillis(1_500), outcomes);
        }

        private Outcome outcome(Movement movement, Payment payment, Block head, Block last, long finalTime) {
            Terms terms = Terms.of(payment);
            Use use = head.state().used().get(terms.from() + "/" + terms.nonce());
            if (mistake == Mistake.LOOKS_AT_LAST_HASH_ONLY) {
                String hash = movement.last().signed().orElseThrow().reference();
                Integer at = last.state().included().get(hash);
                boolean ours = use != null && use.hash().equals(hash);
                if (at != null && !ours) {
                    return new Outcome.Failed(USED);
                }
                if (!ours) {
                    return usedUp(movement, last) ? new Outcome.Failed(USED) : new Outcome.Open();
                }
            }
            if (use != null) {
                boolean settled = use.height() <= last.height();
                boolean exact = use.auth().to().equals(payment.requirements().payTo())
                        && use.auth().amount() == terms.amount();
                if (exact || mistake == Mistake.USED_IS_SETTLED) {
                    return new Outcome.Landed(receipt(payment, use.hash()), settled ? Stage.FINAL : Stage.SEEN);
                }
                return settled ? new Outcome.Failed(USED) : new Outcome.Open();
            }
            if (mistake == Mistake.REVERTED_IS_FAILED && included(movement, last)) {
                return new Outcome.Failed(ErrorCode.INSUFFICIENT_FUNDS);
            }
            return finalTime > terms.validUntil() ? new Outcome.Failed(EXPIRED) : new Outcome.Open();
        }

        private Advice advice(Movement movement, List<Outcome> outcomes, Block head, Block last) {
            boolean over = outcomes.stream().noneMatch(this::isLive);
            if (usedUp(movement, last)) {
                if (over) {
                    return Advice.DONE;
                }
                boolean again = false;
                for (int i = 0; i < outcomes.size(); i++) {
                    again |= outcomes.get(i) instanceof Outcome.Open
                            && executable(movement.payments().get(i), head, 10_000) instanceof Verification.Valid;
                }
                return again && mistake != Mistake.NEVER_RENEWS ? Advice.RENEW : Advice.WAIT;
            }
            Tx tx = tx(movement, movement.last());
            if (head.state().included().containsKey(tx.hash()) || head.state().nonce(tx.sender()) > tx.nonce()) {
                return Advice.WAIT;
            }
            if (tx.fee() < chain.baseFee()) {
                return Advice.REPLACE;
            }
            return chain.pooled(tx) ? Advice.WAIT : Advice.RESEND;
        }

        private boolean isLive(Outcome outcome) {
            return outcome instanceof Outcome.Open
                    || (outcome instanceof Outcome.Landed landed && landed.stage() != Stage.FINAL);
        }

        private boolean included(Movement movement, Block block) {
            return movement.attempts().stream()
                    .flatMap(attempt -> attempt.signed().stream())
                    .anyMatch(signed -> block.state().included().containsKey(signed.reference()));
        }

        private boolean usedUp(Movement movement, Block last) {
            var slot = movement.last().slot().orElseThrow();
            return last.state().nonce(slot.lane().signer()) > slot.sequence();
        }

        private Verification executable(Payment payment, Block head, long margin) {
            Terms terms = Terms.of(payment);
            if (head.state().used().containsKey(terms.from() + "/" + terms.nonce())) {
                return invalid(USED);
            }
            if (head.time() + margin > terms.validUntil()) {
                return invalid(EXPIRED);
            }
            return chain.balance(terms.from(), head.state()) < terms.amount()
                    ? invalid(ErrorCode.INSUFFICIENT_FUNDS)
                    : valid(payment);
        }

        private long highest(Movement movement, Attempt last) {
            return movement.attempts().stream()
                    .filter(attempt -> attempt.slot().equals(last.slot()))
                    .flatMap(attempt -> attempt.signed().stream())
                    .mapToLong(signed -> Long.parseLong(content(signed)))
                    .max()
                    .orElse(0);
        }

        private Tx tx(Movement movement, Attempt attempt) {
            Signed signed = attempt.signed().orElseThrow();
            List<Auth> auths = movement.payments().stream()
                    .map(Terms::of)
                    .map(terms -> new Auth(terms.nonce(), terms.from(), terms.to(), terms.amount(), terms.validUntil()))
                    .toList();
            return new Tx(
                    signed.reference(),
                    attempt.slot().orElseThrow().lane().signer(),
                    attempt.slot().orElseThrow().sequence(),
                    Long.parseLong(content(signed)),
                    auths);
        }
    }
}
