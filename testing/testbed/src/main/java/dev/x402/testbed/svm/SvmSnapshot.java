package dev.x402.testbed.svm;

/**
 * A point that a chain can go back to, as often as wanted.
 *
 * @param id the node's name for it
 */
public record SvmSnapshot(String id) {}
