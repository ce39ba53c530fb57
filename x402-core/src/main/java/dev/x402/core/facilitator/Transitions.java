package dev.x402.core.facilitator;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.Outcome;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.PaymentRow.State;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The table by which a payment in a movement moves from state to state. */
final class Transitions {
    private Transitions() {}

    /**
     * The states that an outcome leads through, in order.
     *
     * @param reference of the newest signed attempt
     * @return none when nothing changes, which is also the answer to a step that the table forbids
     */
    static List<PaymentRow> after(PaymentRow row, Outcome outcome, Optional<String> reference) {
        if (outcome instanceof Outcome.Landed landed) {
            return landed(row, landed.receipt(), landed.stage());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return row.state() == State.MOVING || isSeen(row) ? List.of(failed(row, failed.code())) : List.of();
        }
        if (outcome instanceof Outcome.Reversed reversed) {
            return reversed(row, reversed);
        }
        return isSeen(row)
                ? List.of(with(row, State.MOVING, new Settlement.Pending(reference, true, Duration.ZERO)))
                : List.of();
    }

    /** Whether the payment never moves again, but for a reversal. */
    static boolean isTerminal(PaymentRow row) {
        return row.state() == State.FINAL || row.state() == State.FAILED || row.state() == State.REVERSED;
    }

    static PaymentRow with(PaymentRow row, State state, Settlement last) {
        return new PaymentRow(row.key(), row.payment(), row.binding(), state, row.movement(), Optional.of(last));
    }

    private static List<PaymentRow> landed(PaymentRow row, Receipt receipt, Stage stage) {
        boolean open = row.state() == State.MOVING || row.state() == State.LANDED;
        boolean back = row.state() == State.LANDED && !isSeen(row) && stage == Stage.SEEN;
        if (!open || back) {
            return List.of();
        }
        PaymentRow next =
                with(row, stage == Stage.FINAL ? State.FINAL : State.LANDED, new Settlement.Settled(receipt, stage));
        return next.equals(row) ? List.of() : List.of(next);
    }

    private static List<PaymentRow> reversed(PaymentRow row, Outcome.Reversed reversed) {
        Settlement.Reversed last = new Settlement.Reversed(reversed.receipt(), reversed.code());
        if (row.state() == State.FINAL || (row.state() == State.LANDED && !isSeen(row))) {
            return List.of(with(row, State.REVERSED, last));
        }
        if (row.state() == State.MOVING || isSeen(row)) {
            PaymentRow settled = with(row, State.LANDED, new Settlement.Settled(reversed.receipt(), Stage.SETTLED));
            return List.of(settled, with(settled, State.REVERSED, last));
        }
        return List.of();
    }

    private static PaymentRow failed(PaymentRow row, ErrorCode code) {
        return with(row, State.FAILED, new Settlement.Rejected(code, "the rail shows that no transaction can move it"));
    }

    private static boolean isSeen(PaymentRow row) {
        return row.state() == State.LANDED
                && row.last().orElse(null) instanceof Settlement.Settled settled
                && settled.stage() == Stage.SEEN;
    }
}
