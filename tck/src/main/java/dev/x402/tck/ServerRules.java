package dev.x402.tck;

/** Rules for the payee's side. */
public interface ServerRules extends RuleKit {}
