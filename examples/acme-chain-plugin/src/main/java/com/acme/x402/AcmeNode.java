package com.acme.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Network;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A port: one node of one network. Safe for threads. */
public interface AcmeNode {
    /** The network that the node serves. */
    Network network();

    /**
     * All that a facilitator must know of one authorization, as one block shows it.
     *
     * @param payer account
     * @param nonce of the authorization
     * @param asset whose balance is wanted
     * @param by deadline
     * @throws dev.x402.spi.RailUnavailableException when the node did not answer
     */
    View look(String payer, String nonce, String asset, Instant by);

    /**
     * Sends a transaction; to send the same bytes again changes nothing.
     *
     * @param by deadline
     * @throws dev.x402.spi.RailUnavailableException when the node did not take it; it may have it all the same
     */
    void send(byte[] transaction, Instant by);

    /**
     * What the newest block shows.
     *
     * @param finalHeight the highest block that cannot vanish
     * @param finalTime of that block; no later block has an earlier one
     * @param balance of the payer
     * @param waiting transactions with this authorization that are in no block yet
     * @param used what used the nonce up; empty when nothing did
     */
    record View(long finalHeight, Instant finalTime, AtomicAmount balance, Set<String> waiting, Optional<Used> used) {
        public View {
            waiting = Set.copyOf(waiting);
        }
    }

    /**
     * A transfer in a block.
     *
     * @param transaction its name
     * @param height of the block
     * @param to account that was paid
     * @param asset that moved
     * @param amount that moved
     */
    record Used(String transaction, long height, String to, String asset, AtomicAmount amount) {}
}
