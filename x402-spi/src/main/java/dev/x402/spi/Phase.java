package dev.x402.spi;

/** A moment at which money moves for one request; each has its own {@link PaymentKey}. */
public enum Phase {
    /** Money is put aside before the work. */
    DEPOSIT,
    /** Money goes to the payee. */
    CHARGE,
    /** Money that was put aside goes back. */
    CANCEL
}
