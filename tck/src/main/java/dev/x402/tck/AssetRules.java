package dev.x402.tck;

/** Rules for assets. */
public interface AssetRules extends RuleKit {}
