package dev.x402.bazaar;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where listings are kept; safe for threads.
 *
 * <p>Only a {@link Prober} writes: what is in here was proven. Each method is one transaction.
 */
public interface ListingStore {
    /** The listing under this key, tombstones too. */
    Optional<Listing> find(Listing.Key key);

    /** Adds or replaces a listing; false when a new one has no room, in all or for its origin. */
    boolean put(Listing listing);

    /** Forgets a listing; nothing when there is none. */
    void remove(Listing.Key key);

    /**
     * Listings whose {@link Listing#next} has come, the earliest first, tombstones too.
     *
     * @param now the present
     * @param limit the most to answer
     */
    List<Listing> due(Instant now, int limit);
}
