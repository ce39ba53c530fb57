package dev.x402.testbed.svm;

import org.jspecify.annotations.Nullable;

/**
 * What the node tells of a transaction that landed.
 *
 * @param slot the slot that holds it
 * @param commitment how sure that slot is
 * @param error what it failed with in plain Java, such as {@code {InstructionError=[2, {Custom=1}]}}; null when it
 *     succeeded
 */
public record SvmStatus(
        long slot, Commitment commitment, @Nullable Object error) {

    /** Tells whether the transaction did what it should. */
    public boolean succeeded() {
        return error == null;
    }
}
