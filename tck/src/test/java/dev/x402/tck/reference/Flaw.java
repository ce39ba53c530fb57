package dev.x402.tck.reference;

/** One thing that the reference does wrong on request. */
public enum Flaw {
    NONE,
    SIGNATURE_UNCHECKED
}
