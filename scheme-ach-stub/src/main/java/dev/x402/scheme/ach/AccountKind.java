package dev.x402.scheme.ach;

/** Whose account it is, which decides how long a debit can be returned. */
public enum AccountKind {
    /** A person's checking account. */
    CONSUMER_CHECKING,
    /** A person's savings account. */
    CONSUMER_SAVINGS,
    /** A company's checking account. */
    CORPORATE_CHECKING,
    /** A company's savings account. */
    CORPORATE_SAVINGS;

    /** Whether it is a person's, who may dispute a debit for 60 days. */
    public boolean isConsumer() {
        return this == CONSUMER_CHECKING || this == CONSUMER_SAVINGS;
    }
}
