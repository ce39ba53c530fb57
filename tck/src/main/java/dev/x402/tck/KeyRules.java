package dev.x402.tck;

/** Rules for the name of a payment. */
public interface KeyRules extends RuleKit {}
