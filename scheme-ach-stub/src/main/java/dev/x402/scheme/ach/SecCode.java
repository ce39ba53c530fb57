package dev.x402.scheme.ach;

/** The standard entry class: how the payer authorised, and whose account may be debited. */
public enum SecCode {
    /** A person, on the web. */
    WEB,
    /** A person, in writing. */
    PPD,
    /** A person, by telephone. */
    TEL,
    /** A company. */
    CCD;

    /** Whether an account of this kind may be debited; a corporate entry on a person's comes back as R05. */
    public boolean serves(AccountKind kind) {
        return kind.isConsumer() == (this != CCD);
    }
}
