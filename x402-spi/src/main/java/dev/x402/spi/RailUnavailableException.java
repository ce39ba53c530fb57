package dev.x402.spi;

/** The rail could not be asked; nothing is known, and asking again is right. */
public final class RailUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which rail and what went wrong, without keys, tokens or credentials in an address. */
    public RailUnavailableException(String message) {
        super(message);
    }

    /** Says which rail and what went wrong, with the cause. */
    public RailUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
