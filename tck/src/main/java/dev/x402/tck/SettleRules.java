package dev.x402.tck;

/** Rules for settling. */
public interface SettleRules extends RuleKit {}
