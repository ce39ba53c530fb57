package dev.x402.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facilitator's memory of payments and movements.
 *
 * <p>Each method is one serialisable transaction, durable when it returns, with no I/O inside but the store's own; time
 * is the store's clock. A method that throws may have happened: every caller can ask again. Rows move by the table of
 * {@link PaymentRow.State}; every write of a leased movement compares the fence.
 */
public interface SettlementStore {
    /** The row of the key, else the tombstone of key and binding. */
    Optional<PaymentRow> find(PaymentKey key, String binding);

    /** The tombstone of key and binding; else the row of the key, inserted as QUEUED if absent. */
    PaymentRow claim(PaymentKey key, Payment payment, String binding);

    /**
     * Leaves a tombstone under key and binding, never under the key alone.
     *
     * @return the tombstone, or the row of the key when it has the same binding: that row wins
     */
    PaymentRow reject(PaymentKey key, Payment payment, String binding, Settlement.Rejected why);

    /**
     * Takes QUEUED payments into a new movement with attempt 0 and its slot: all of them or nothing.
     *
     * <p>The slot is the lowest free one of the least loaded lane, else the greater of the lane's next number and the
     * rail's, and the next number rises in the same transaction.
     *
     * @param lanes candidates with the rail's confirmed next number; empty where the rail has no sequence
     */
    Optional<Lease> open(List<PaymentKey> keys, Map<Lane, Long> lanes, String owner, Duration ttl);

    /** A leased movement of no payments, for a free slot below a used one. */
    Optional<Lease> fillGap(String owner, Duration ttl);

    /** Leases an open movement that is due and not leased, and raises its fence. */
    Optional<Lease> lease(long movement, String owner, Duration ttl);

    /** Stores signed bytes for the last unsigned attempt, or the next in its slot; false: lost. */
    boolean sign(Lease lease, int attempt, Signed signed);

    /** Adds an unsigned attempt with a new slot; empty: the lease is lost. */
    Optional<Movement> renew(Lease lease, Map<Lane, Long> lanes);

    /**
     * Closes a movement of which nothing was ever signed and frees its slot; false: lost, or something was signed.
     *
     * @param ended these payments fail; the others return to QUEUED
     */
    boolean decline(Lease lease, Map<PaymentKey, Settlement.Rejected> ended);

    /** Moves the rows, writes their events, and closes the movement on {@link Advice#DONE}; false: lost. */
    boolean record(Lease lease, Sighting sighting);

    /** Gives the lease back; the movement is due again after this time. */
    void release(Lease lease, Duration lookAgain);

    /** Open movements that are due and not leased, the longest due first. */
    List<Long> due(int limit);

    /**
     * How long until an open movement is due; zero when it is, or is leased, or is none.
     *
     * <p>A caller that has less time than this does not wait for it.
     */
    Duration rest(long movement);

    /** Payments that were claimed and have no movement, the oldest first. */
    List<PaymentRow> queued(int limit);

    /** Events that no listener has confirmed, in order. */
    List<SettlementEvent> events(int limit);

    /** Confirms events by their numbers. */
    void delivered(List<Long> events);
}
