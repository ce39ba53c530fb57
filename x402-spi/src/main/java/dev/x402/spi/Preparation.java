package dev.x402.spi;

/** What came of preparing a movement: signed bytes, or a refusal before anything was signed. */
public sealed interface Preparation permits Signed, Declined {}
