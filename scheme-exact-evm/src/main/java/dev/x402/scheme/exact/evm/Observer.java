package dev.x402.scheme.exact.evm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Slot;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a movement's effect and for what became of its slot, in one view.
 *
 * <p>All is asked of one node: heights first, then what happened; states at the height that was seen. What happened at
 * or below the final height stays; the rest may vanish.
 */
final class Observer {
    private static final Duration SOONEST = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final Duration SOONEST_FINAL = Duration.ofSeconds(1);
    private static final Duration LATEST_FINAL = Duration.ofSeconds(30);

    private final Judge judge;
    private final Clock clock;

    Observer(Judge judge, Clock clock) {
        this.judge = judge;
        this.clock = clock;
    }

    Sighting observe(Nodes.Session session, EvmSettlementPolicy policy, Movement movement) {
        return new Look(session, policy, movement).sighting();
    }

    /** One observation. */
    private final class Look {
        private final Nodes.Session session;
        private final EvmSettlementPolicy policy;
        private final Movement movement;
        private final Slot slot;
        private final Address sender;
        private final List<Signed> signed;
        private final SignedTransaction last;
        private final Optional<SignedTransfer> transfer;
        private final Heads heads;

        private boolean known;
        private boolean reverted;
        private boolean used;
        private BigInteger nextSequence = BigInteger.ZERO;
        private Optional<BigInteger> minedAt = Optional.empty();
        private Optional<Effect> effect = Optional.empty();

        Look(Nodes.Session session, EvmSettlementPolicy policy, Movement movement) {
            this.session = session;
            this.policy = policy;
            this.movement = movement;
            slot = movement.last().slot().orElseThrow();
            sender = Address.find(slot.lane().signer()).orElseThrow();
            signed = movement.attempts().stream()
                    .flatMap(attempt -> attempt.signed().stream())
                    .toList();
            last = SignedTransaction.read(movement.last().signed().orElseThrow());
            transfer = movement.payments().stream().findFirst().map(judge::trusted);
            heads = Heads.read(session, policy.confirmations());
        }

        Sighting sighting() {
            read();
            Outcome outcome = transfer.map(this::outcome).orElseGet(Outcome.Open::new);
            boolean over = transfer.isEmpty() || over(outcome);
            Advice advice = minedAt.isPresent() || nextSequence.compareTo(sequence()) > 0
                    ? adviceOfUsedSlot(outcome, over)
                    : adviceOfFreeSlot();
            return new Sighting(advice, again(advice), transfer.isPresent() ? List.of(outcome) : List.of());
        }

        private void read() {
            String height = Hex.quantity(heads.number());
            List<EvmRpc.Call> calls = new ArrayList<>();
            signed.forEach(attempt -> calls.add(Calls.receipt(attempt.reference())));
            int at = calls.size();
            calls.add(Calls.transaction(last.hash()));
            calls.add(Calls.nonce(sender, height));
            transfer.ifPresent(t -> calls.add(Calls.ethCall(
                    sender, t.token().contract(), Abi.authorizationState(t.authorization()), policy.gasCap(), height)));
            Answers answers = session.call(calls);
            known = answers.object(at).isPresent();
            nextSequence = answers.quantity(at + 1);
            readReceipts(answers);
            if (transfer.isPresent()) {
                used = answers.word(at + 2)
                                .orElseThrow(() -> new RailUnavailableException(session.node()
                                        + ": expected the state of an authorization, saw none; ask again later"))
                                .signum()
                        != 0;
                if (effect.isEmpty() && used) {
                    effect = Strangers.effect(session, transfer.get(), heads.number());
                }
            }
        }

        private void readReceipts(Answers answers) {
            for (int i = 0; i < signed.size(); i++) {
                Optional<Json.Obj> receipt = answers.object(i);
                if (receipt.isEmpty()) {
                    continue;
                }
                if (inLastSlot(signed.get(i))) {
                    minedAt = Optional.of(answers.quantity(i, "blockNumber"));
                    reverted |= !receipt.get().text("status").equals(Optional.of("0x1"));
                }
                effect = effect.or(() -> transfer.flatMap(t -> Effect.of(receipt.get(), t, true)));
            }
        }

        /** The receipt may be of a block newer than the heads: being in it is the one confirmation that is asked. */
        private boolean isFinal(BigInteger block) {
            return policy.confirmations() == 1 || heads.isFinal(block);
        }

        private boolean inLastSlot(Signed attempt) {
            return movement.attempts().stream()
                    .filter(a -> a.signed().equals(Optional.of(attempt)))
                    .map(Attempt::slot)
                    .anyMatch(Optional.of(slot)::equals);
        }

        private Outcome outcome(SignedTransfer payment) {
            if (effect.isPresent()) {
                Effect seen = effect.get();
                boolean isFinal = isFinal(seen.block());
                if (seen.paid()) {
                    return new Outcome.Landed(
                            new Receipt(
                                    seen.transaction(),
                                    payment.authorization().from().toString(),
                                    new AtomicAmount(payment.authorization().value()),
                                    Json.Obj.EMPTY),
                            isFinal ? Stage.FINAL : Stage.SEEN);
                }
                boolean ours = signed.stream().anyMatch(s -> s.reference().equals(seen.transaction()));
                return isFinal
                        ? new Outcome.Failed(ours ? Codes.TRANSFER_EVENT : Codes.NONCE_USED)
                        : new Outcome.Open();
            }
            boolean expired = heads.finalTime()
                    .filter(time -> time.compareTo(payment.authorization().validBefore()) >= 0)
                    .isPresent();
            ErrorCode why = reverted ? Codes.TRANSACTION : Codes.VALID_BEFORE;
            return expired && !used ? new Outcome.Failed(why) : new Outcome.Open();
        }

        private Advice adviceOfUsedSlot(Outcome outcome, boolean over) {
            boolean slotFinal = minedAt.isPresent()
                    ? isFinal(minedAt.get())
                    : heads.nonce(session, sender).compareTo(sequence()) > 0;
            if (!slotFinal) {
                return Advice.WAIT;
            }
            if (over) {
                return Advice.DONE;
            }
            return outcome instanceof Outcome.Open && !used && wouldSucceed() ? Advice.RENEW : Advice.WAIT;
        }

        private Advice adviceOfFreeSlot() {
            boolean turn = nextSequence.equals(sequence());
            boolean stalled = waited().compareTo(policy.stallAfter()) > 0;
            boolean tooCheap = heads.baseFee().compareTo(last.fees().max()) > 0;
            boolean raisable = last.fees().raised().max().compareTo(policy.maxFeePerGas()) <= 0;
            if (turn && raisable && (stalled || tooCheap)) {
                return Advice.REPLACE;
            }
            return known ? Advice.WAIT : Advice.RESEND;
        }

        private boolean wouldSucceed() {
            Simulation simulation = new Simulation(transfer.orElseThrow(), sender, policy.gasCap());
            return simulation.judge(session.call(simulation.calls()), 0) instanceof Verification.Valid;
        }

        private Duration again(Advice advice) {
            if (advice == Advice.DONE || advice == Advice.RENEW || advice == Advice.REPLACE) {
                return Duration.ZERO;
            }
            return minedAt.isPresent()
                    ? between(SOONEST_FINAL, waited(), LATEST_FINAL)
                    : between(SOONEST, waited().dividedBy(2), LATEST);
        }

        private Duration waited() {
            return Duration.between(last.signedAt(), clock.instant());
        }

        private BigInteger sequence() {
            return BigInteger.valueOf(slot.sequence());
        }
    }

    private static boolean over(Outcome outcome) {
        return outcome instanceof Outcome.Failed
                || (outcome instanceof Outcome.Landed landed && landed.stage() == Stage.FINAL);
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }
}
