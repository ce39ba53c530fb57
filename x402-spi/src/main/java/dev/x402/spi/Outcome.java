package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;

/** What became of one payment, as far as the rail shows. */
public sealed interface Outcome {
    /** Nothing is decided. */
    record Open() implements Outcome {}

    /**
     * The money moved, by whichever transaction.
     *
     * @param receipt of the transaction that moved it, ours or a stranger's
     * @param stage how far it is from final
     */
    record Landed(Receipt receipt, Stage stage) implements Outcome {
        public Landed {
            requireNonNull(receipt, "receipt");
            requireNonNull(stage, "stage");
        }
    }

    /**
     * Proven: no bytes anywhere can move the money any more.
     *
     * @param code why
     */
    record Failed(ErrorCode code) implements Outcome {
        public Failed {
            requireNonNull(code, "code");
        }
    }

    /**
     * The money moved and went back.
     *
     * @param receipt of the movement that was reversed
     * @param code why
     */
    record Reversed(Receipt receipt, ErrorCode code) implements Outcome {
        public Reversed {
            requireNonNull(receipt, "receipt");
            requireNonNull(code, "code");
        }
    }
}
