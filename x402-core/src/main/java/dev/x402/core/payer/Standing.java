package dev.x402.core.payer;

/** Where an offer stands. */
public enum Standing {
    /** It is the one that is paid. */
    CHOSEN,
    /** It may be paid, and another is better. */
    ALLOWED,
    /** It is not paid. */
    REFUSED
}
