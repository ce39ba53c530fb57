package dev.x402.tck.reference;

/** A facilitator that never looks. */
public enum Brick {
    REJECTS_ALL,
    ACCEPTS_ALL,
    THROWS_ALL,
    HANGS_ALL
}
