package dev.x402.testbed.evm;

/**
 * A whole chain outside its node.
 *
 * @param dump the node's own format
 */
record SavedState(String dump) {

    /** Returns no more than the size. */
    @Override
    public String toString() {
        return "SavedState of " + dump.length() + " characters";
    }
}
