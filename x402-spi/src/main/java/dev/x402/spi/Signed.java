package dev.x402.spi;

import static java.util.Objects.requireNonNull;

/**
 * Signed bytes, stored before they are sent.
 *
 * @param reference the rail's name of the transaction, known before sending
 * @param format the scheme's number for the form of the bytes; it reads every form that it ever wrote
 * @param bytes all that the scheme needs to send and to look again
 */
public record Signed(String reference, int format, Bytes bytes) implements Preparation {
    public Signed {
        requireNonNull(reference, "reference");
        requireNonNull(bytes, "bytes");
    }
}
