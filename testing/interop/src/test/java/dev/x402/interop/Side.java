package dev.x402.interop;

/** Whose program plays a role. */
enum Side {
    OURS,
    THEIRS
}
