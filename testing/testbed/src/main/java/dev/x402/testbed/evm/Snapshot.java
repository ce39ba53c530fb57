package dev.x402.testbed.evm;

/**
 * A point that a chain can go back to, once.
 *
 * @param id the node's name for it
 */
public record Snapshot(String id) {}
