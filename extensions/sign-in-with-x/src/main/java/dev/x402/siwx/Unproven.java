package dev.x402.siwx;

import dev.x402.spec.ErrorCode;

/** A proof does not prove; the only refusal of those who read and check one, and without a stack trace. */
final class Unproven extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String why;

    /**
     * Says why.
     *
     * @param why for people; nothing of the proof
     */
    Unproven(ErrorCode code, String why) {
        super(why, null, false, false);
        this.code = code.value();
        this.why = why;
    }

    ErrorCode code() {
        return new ErrorCode(code);
    }

    String why() {
        return why;
    }
}
