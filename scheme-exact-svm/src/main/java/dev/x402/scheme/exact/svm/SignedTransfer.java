package dev.x402.scheme.exact.svm;

import dev.x402.spi.Bytes;
import dev.x402.spi.Signed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A transaction that the fee payer signed, and when it is dead.
 *
 * @param reference its first signature
 * @param lastHeight the last block height at which it can land
 * @param slot that was over when it was signed: it landed in none up to that one
 * @param signedAt when it was signed
 * @param raw as it is sent
 */
record SignedTransfer(String reference, long lastHeight, long slot, Instant signedAt, Bytes raw) {
    /** How many blocks a blockhash lives. */
    static final int LIFE = 150;

    private static final int FORMAT = 1;
    private static final int HEAD = 3 * Long.BYTES;

    /**
     * Of a transaction whose blockhash was known at this height.
     *
     * @param height of the newest block
     */
    static SignedTransfer of(WireTransaction signed, long height, long slot, Instant now) {
        return new SignedTransfer(signed.reference(), height + LIFE, slot, now, Bytes.of(signed.toBytes()));
    }

    Signed toSigned() {
        byte[] transaction = raw.toArray();
        byte[] bytes = ByteBuffer.allocate(HEAD + transaction.length)
                .putLong(lastHeight)
                .putLong(slot)
                .putLong(signedAt.toEpochMilli())
                .put(transaction)
                .array();
        return new Signed(reference, FORMAT, Bytes.of(bytes));
    }

    /** @throws IllegalArgumentException when a newer version wrote it, or nobody */
    static SignedTransfer read(Signed signed) {
        if (signed.format() != FORMAT) {
            throw new IllegalArgumentException("signed bytes of " + signed.reference() + ": expected format " + FORMAT
                    + ", saw " + signed.format() + "; a newer version wrote them");
        }
        byte[] bytes = signed.bytes().toArray();
        if (bytes.length <= HEAD) {
            throw new IllegalArgumentException(
                    "signed bytes of " + signed.reference() + ": expected a transaction, saw none");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        return new SignedTransfer(
                signed.reference(),
                head.getLong(),
                head.getLong(),
                Instant.ofEpochMilli(head.getLong()),
                Bytes.of(Arrays.copyOfRange(bytes, HEAD, bytes.length)));
    }
}
