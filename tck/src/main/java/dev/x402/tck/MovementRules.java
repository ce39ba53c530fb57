package dev.x402.tck;

/** Rules for the steps of a movement. */
public interface MovementRules extends RuleKit {}
