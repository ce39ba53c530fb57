package dev.x402.spi;

/** What to do with a movement after looking. */
public enum Advice {
    /** Look again later. */
    WAIT,
    /** The same bytes may be sent again; never on a rail that does not recognise duplicates. */
    RESEND,
    /** Sign again for the same slot, such as with a higher fee; earlier attempts stay watched. */
    REPLACE,
    /** All attempts are provably dead and the payment lives: take a new slot. */
    RENEW,
    /** Payments are terminal and the slot is used up: stop watching. */
    DONE
}
