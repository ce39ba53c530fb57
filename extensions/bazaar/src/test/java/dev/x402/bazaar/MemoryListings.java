package dev.x402.bazaar;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A small store of listings. */
final class MemoryListings implements ListingStore {
    final Map<Listing.Key, Listing> listings = new ConcurrentHashMap<>();
    volatile int most = Integer.MAX_VALUE;

    @Override
    public Optional<Listing> find(Listing.Key key) {
        return Optional.ofNullable(listings.get(key));
    }

    @Override
    public boolean put(Listing listing) {
        if (!listings.containsKey(listing.key()) && listings.size() >= most) {
            return false;
        }
        listings.put(listing.key(), listing);
        return true;
    }

    @Override
    public void remove(Listing.Key key) {
        listings.remove(key);
    }

    @Override
    public List<Listing> due(Instant now, int limit) {
        return listings.values().stream()
                .filter(listing -> !listing.next().isAfter(now))
                .sorted(Comparator.comparing(Listing::next))
                .limit(limit)
                .toList();
    }
}
