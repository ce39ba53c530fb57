package dev.x402.testbed.evm;

import java.time.Instant;

/**
 * A whole chain outside its node.
 *
 * @param dump the node's own format, which has no clock
 * @param time the newest block's time
 */
record SavedState(String dump, Instant time) {

    /** Returns no more than the size. */
    @Override
    public String toString() {
        return "SavedState of " + dump.length() + " characters at " + time;
    }
}
