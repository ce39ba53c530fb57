package dev.x402.core.seller;

import dev.x402.spi.Bytes;
import java.util.Arrays;
import java.util.Optional;

/** The form of a response under its claim: a mark, then the bytes; without bytes when they were too many. */
final class Kept {
    private static final byte WHOLE = 1;
    private static final byte TOO_LARGE = 2;

    private Kept() {}

    static Bytes of(Bytes response, int limit) {
        if (response.size() > limit) {
            return Bytes.of(new byte[] {TOO_LARGE});
        }
        byte[] content = response.toArray();
        byte[] kept = new byte[content.length + 1];
        kept[0] = WHOLE;
        System.arraycopy(content, 0, kept, 1, content.length);
        return Bytes.of(kept);
    }

    /** The response; empty when it was too large, or when the store keeps it no longer. */
    static Optional<Bytes> response(Bytes kept) {
        byte[] content = kept.toArray();
        return content.length == 0 || content[0] != WHOLE
                ? Optional.empty()
                : Optional.of(Bytes.of(Arrays.copyOfRange(content, 1, content.length)));
    }
}
