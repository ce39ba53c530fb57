package dev.x402.interop;

/** Whose program plays a role. */
public enum Side {
    OURS,
    THEIRS
}
