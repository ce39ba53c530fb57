package dev.x402.core.seller;

/** A term of an offer is not usable; the message names route, way to pay, what was seen and what to do. */
final class PriceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PriceException(String message) {
        super(message);
    }

    PriceException(String message, Throwable cause) {
        super(message, cause);
    }
}
