package dev.x402.tck;

/** How binding a rule is (RFC 2119). */
public enum Level {
    /** A breach is a failure. */
    MUST,
    /** A breach is a warning, and a failure when the run is strict. */
    SHOULD
}
