package dev.x402.spec;

/**
 * A message from outside does not have the form of the protocol.
 *
 * <p>The only exception that decoding throws, whatever arrives. The message quotes little and nothing that is signed.
 * It has no stack trace: the pointer says more, and refusing must stay cheap.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String expected;
    private final String seen;
    private final String code;

    /**
     * Says what is wrong where.
     *
     * @param pointer JSON pointer of the place; empty for the whole message
     * @param expected what should have been there
     * @param seen what was there, short and without secrets
     */
    public MalformedMessageException(String pointer, String expected, String seen) {
        this(pointer, expected, seen, codeOf(pointer));
    }

    private MalformedMessageException(String pointer, String expected, String seen, ErrorCode code) {
        super(
                (pointer.isEmpty() ? "message" : pointer) + ": expected " + expected + ", saw " + seen,
                null,
                false,
                false);
        this.pointer = pointer;
        this.expected = expected;
        this.seen = seen;
        this.code = code.value();
    }

    static MalformedMessageException tooLarge(String expected, String seen) {
        return new MalformedMessageException("", expected, seen, ErrorCode.PAYLOAD_TOO_LARGE);
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

    /**
     * What to answer to a sender: {@code payload_too_large}, {@code invalid_x402_version},
     * {@code invalid_payment_requirements} or {@code invalid_payload}, by the place.
     */
    public ErrorCode code() {
        return new ErrorCode(code);
    }

    private static ErrorCode codeOf(String pointer) {
        if (pointer.equals("/x402Version") || pointer.equals("/paymentPayload/x402Version")) {
            return ErrorCode.INVALID_X402_VERSION;
        }
        return pointer.equals("/paymentRequirements") || pointer.startsWith("/paymentRequirements/")
                ? ErrorCode.INVALID_PAYMENT_REQUIREMENTS
                : ErrorCode.INVALID_PAYLOAD;
    }
}
