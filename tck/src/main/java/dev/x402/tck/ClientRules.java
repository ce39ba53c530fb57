package dev.x402.tck;

/** Rules for the payer's side. */
public interface ClientRules extends RuleKit {}
