package dev.x402.scheme.exact.svm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.Advice;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Sighting;
import dev.x402.spi.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a movement's one transaction.
 *
 * <p>Only our fee payer can complete it, and a cluster takes it only once.
 *
 * <p>What one node knows is believed as far as it is confirmed. That it will never land is told only by a node whose
 * final height is over its last one, that keeps every block since it was signed, and that does not know it then; while
 * no other node knows it.
 */
final class Observer {
    private static final Duration SOONEST = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final Duration LATEST_FINAL = Duration.ofSeconds(5);
    private static final Duration SENT_ON = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Clock clock;

    Observer(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    Sighting observe(Network network, Movement movement, Instant by) {
        SignedTransfer signed = SignedTransfer.read(movement.last().signed().orElseThrow());
        Look look = nodes.ask(network, by, session -> look(session, signed));
        Duration waited = Duration.between(signed.signedAt(), clock.instant());
        if (look.status != null) {
            return sighting(look.status, movement, signed, waited);
        }
        if (look.height > signed.lastHeight()) {
            return nodes.proven(network, by, session -> isDead(session, signed))
                    ? new Sighting(Advice.DONE, Duration.ZERO, List.of(new Outcome.Failed(Codes.BLOCKHASH)))
                    : new Sighting(Advice.WAIT, LATEST, List.of(new Outcome.Open()));
        }
        boolean quiet = waited.compareTo(SENT_ON) >= 0;
        return new Sighting(
                quiet ? Advice.RESEND : Advice.WAIT,
                between(SOONEST, waited.dividedBy(2), LATEST),
                List.of(new Outcome.Open()));
    }

    /** What a node knows: a status, or the final height at which it had none. */
    private record Look(@Nullable Status status, long height) {}

    /** How far a transaction came. */
    private record Status(boolean succeeded, boolean confirmed, boolean last) {}

    private static Look look(Nodes.Session session, SignedTransfer signed) {
        Answers answers = session.call(Calls.blockHeight(Calls.FINALIZED), Calls.statuses(signed.reference()));
        return new Look(status(answers, 1), answers.number(0));
    }

    /** Height first, in an answer of its own; then the status, as of that height or later. */
    private static boolean isDead(Nodes.Session session, SignedTransfer signed) {
        Answers heights = session.call(Calls.epochInfo(Calls.FINALIZED), Calls.firstAvailableBlock());
        boolean over = heights.number(0, "blockHeight") > signed.lastHeight();
        boolean keeps = heights.number(1) <= signed.slot();
        Answers answers = session.call(Calls.statuses(signed.reference()));
        if (status(answers, 0) != null) {
            return false;
        }
        if (!over || !keeps || answers.slot(0) < heights.number(0, "absoluteSlot")) {
            throw answers.unexpected(0, "every block since the transaction was signed until it ended");
        }
        return true;
    }

    private static @Nullable Status status(Answers answers, int index) {
        Json value = answers.values(index, 1).get(0);
        if (value == Json.Null.NULL) {
            return null;
        }
        if (!(value instanceof Json.Obj status) || !status.members().containsKey("err")) {
            throw answers.unexpected(index, "a status with a member err, or null");
        }
        String level = status.text("confirmationStatus").orElse("");
        boolean last = level.equals(Calls.FINALIZED);
        if (!last && !level.equals(Calls.CONFIRMED) && !level.equals(Calls.PROCESSED)) {
            throw answers.unexpected(index, "a status of a known level");
        }
        return new Status(status.members().get("err") == Json.Null.NULL, last || level.equals(Calls.CONFIRMED), last);
    }

    private static Sighting sighting(Status status, Movement movement, SignedTransfer signed, Duration waited) {
        if (!status.confirmed() || !(status.succeeded() || status.last())) {
            return new Sighting(
                    Advice.WAIT, between(SOONEST, waited.dividedBy(2), LATEST), List.of(new Outcome.Open()));
        }
        if (!status.succeeded()) {
            return new Sighting(Advice.DONE, Duration.ZERO, List.of(new Outcome.Failed(Codes.TRANSACTION)));
        }
        Stage stage = status.last() ? Stage.FINAL : Stage.SEEN;
        return new Sighting(
                status.last() ? Advice.DONE : Advice.WAIT,
                status.last() ? Duration.ZERO : between(SENT_ON, waited, LATEST_FINAL),
                List.of(new Outcome.Landed(receipt(movement.payments().get(0), signed), stage)));
    }

    private static Receipt receipt(Payment payment, SignedTransfer signed) {
        TransferShape shape = Judge.trusted(payment).shape();
        return new Receipt(
                signed.reference(), shape.authority().toString(), new AtomicAmount(shape.amount()), Json.Obj.EMPTY);
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) {
            return least;
        }
        return wanted.compareTo(most) > 0 ? most : wanted;
    }
}
