package dev.x402.tck;

/** Rules for the jar. */
public interface PackagingRules extends RuleKit {}
