package dev.x402.spi;

import dev.x402.spec.Network;
import dev.x402.spec.SupportedKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The facilitator's side of a scheme: it verifies, signs, sends and looks, and keeps no state of a settlement.
 *
 * <p>All facts are in the {@link Movement}. The engine calls one movement from one thread at a time, but for a thread
 * that lost its lease. Methods that take a deadline return or throw before it.
 */
public interface SchemeFacilitator extends AutoCloseable {
    /** The networks that are switched on; never a whole family. */
    Set<Network> networks();

    /** What a seller must know of this kind. */
    SupportedKind kind(Network network);

    /** The accounts that sign on this network. */
    List<String> signers(Network network);

    /** Judges a payment; read-only. Never throws for what a payer or seller sent. */
    Verification verify(Payment payment, Instant by);

    /** How many payments one movement may carry; 1 unless the rail has batches. */
    default int maxPayments(Network network) {
        return 1;
    }

    /** The signers that may carry these payments; empty where the rail has no sequence. */
    default List<Lane> lanes(List<Payment> payments) {
        return List.of();
    }

    /**
     * The rail's own next sequence of the lane, final.
     *
     * @throws RailUnavailableException when the rail could not be read
     */
    default long confirmedNext(Lane lane, Instant by) {
        return 0;
    }

    /**
     * Signs for {@link Movement#last()}; may read the rail, never sends.
     *
     * <p>A movement without payments fills a gap in its lane.
     *
     * @throws RailUnavailableException when the rail could not be read
     */
    Preparation prepare(Movement movement, Instant by);

    /** Sends exactly the attempt's bytes; an exception proves nothing. */
    void submit(Movement movement, Attempt attempt, Instant by);

    /**
     * Looks for all attempts and for the effect itself.
     *
     * @throws RailUnavailableException when the rail could not be read
     */
    Sighting observe(Movement movement, Instant by);

    /** Does nothing unless overridden; never throws. */
    @Override
    default void close() {}
}
