package dev.x402.siwx;

import dev.x402.spec.Network;
import java.security.KeyPair;
import java.util.Optional;

/**
 * One of the payer's accounts at an origin.
 *
 * <p>On each network its own, since a contract is not the same everywhere.
 *
 * @param token of its session; empty: not signed in
 * @param keys that the session is bound to
 */
record Seat(Network network, String account, Optional<String> token, Optional<KeyPair> keys) {
    boolean isOf(Seat other) {
        return network.equals(other.network) && account.equals(other.account);
    }

    Seat with(Optional<String> changed) {
        return new Seat(network, account, changed, keys);
    }

    /** The account; nothing of token and keys. */
    @Override
    public String toString() {
        return account + " on " + network;
    }
}
