package dev.x402.testbed.svm;

import java.util.Locale;

/** How sure it is that a slot stays. */
public enum Commitment {
    /** The node ran it; a fork may undo it. */
    PROCESSED,
    /** Two thirds of the stake voted for it. */
    CONFIRMED,
    /** It stays for ever. */
    FINALIZED;

    /** Returns the word of the RPC. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Commitment parse(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
