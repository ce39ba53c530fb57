package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import java.util.Optional;

/**
 * Somebody whose account was proven.
 *
 * @param account in its one spelling
 * @param everywhere whether the account has a key of its own, and so one holder on every network of the namespace
 * @param key that the session is bound to
 */
record SignedIn(Network network, String account, boolean everywhere, Optional<Bytes> key) {
    /** Whether what this account bought on a network is this holder's. */
    boolean holds(Network other) {
        return network.equals(other) || (everywhere && network.namespace().equals(other.namespace()));
    }

    /** The account. */
    @Override
    public String toString() {
        return account + " on " + network;
    }
}
