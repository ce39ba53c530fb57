package dev.x402.tck;

/** Rules for rails. */
public interface RailRules extends RuleKit {}
