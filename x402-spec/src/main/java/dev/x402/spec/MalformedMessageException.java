package dev.x402.spec;

/**
 * A message from outside does not have the form of the protocol.
 *
 * <p>The only exception that decoding throws, whatever arrives. The message quotes little and nothing that is signed.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String expected;
    private final String seen;

    /**
     * Says what is wrong where.
     *
     * @param pointer JSON pointer of the place; empty for the whole message
     * @param expected what should have been there
     * @param seen what was there, short and without secrets
     */
    public MalformedMessageException(String pointer, String expected, String seen) {
        super((pointer.isEmpty() ? "message" : pointer) + ": expected " + expected + ", saw " + seen);
        this.pointer = pointer;
        this.expected = expected;
        this.seen = seen;
    }

    /** The JSON pointer of the place; empty for the whole message. */
    public String pointer() {
        return pointer;
    }

    /** What should have been there. */
    public String expected() {
        return expected;
    }

    /** What was there. */
    public String seen() {
        return seen;
    }
}
