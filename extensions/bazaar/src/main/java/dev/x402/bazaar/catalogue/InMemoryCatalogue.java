package dev.x402.bazaar.catalogue;

import static java.util.Objects.requireNonNull;

import dev.x402.bazaar.Listing;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue in the memory of one process; lost with it.
 *
 * <p>Bounded in all and for each origin: a full catalogue takes no new listing and drops none. Of the words of one
 * listing the first 512 count. Safe for threads.
 */
public final class InMemoryCatalogue implements CatalogueStore {
    private static final Comparator<Entry> DUE =
            Comparator.comparing((Entry entry) -> entry.listing().next()).thenComparingLong(Entry::sequence);

    private final Plugins plugins;
    private final int most;
    private final int mostOfAnOrigin;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Listing.Key, Entry> entries = new HashMap<>();
    private final Map<String, Integer> origins = new HashMap<>();
    private final TreeSet<Entry> due = new TreeSet<>(DUE);
    private final Index index;
    private long last;

    private InMemoryCatalogue(Builder builder) {
        plugins = builder.plugins;
        most = builder.most;
        mostOfAnOrigin = builder.mostOfAnOrigin;
        index = new Index(plugins);
    }

    /** Begins a catalogue that knows the spellings of these plugins' rails. */
    public static Builder builder(Plugins plugins) {
        return new Builder(plugins);
    }

    /** What may be chosen about a catalogue; not safe for threads. */
    public static final class Builder {
        private final Plugins plugins;
        private int most = 200_000;
        private int mostOfAnOrigin = 1_000;

        private Builder(Plugins plugins) {
            this.plugins = requireNonNull(plugins, "plugins");
        }

        /** The most listings, tombstones too; 200,000 by default. */
        public Builder most(int listings) {
            most = positive("most", listings);
            return this;
        }

        /** The most listings of one scheme, host and port, tombstones too; 1,000 by default. */
        public Builder mostOfAnOrigin(int listings) {
            mostOfAnOrigin = positive("mostOfAnOrigin", listings);
            return this;
        }

        /** The catalogue, empty. */
        public InMemoryCatalogue build() {
            return new InMemoryCatalogue(this);
        }

        private static int positive(String name, int listings) {
            if (listings < 1) {
                throw new IllegalArgumentException(name + ": expected 1 or more listings, saw " + listings);
            }
            return listings;
        }
    }

    @Override
    public Optional<Listing> find(Listing.Key key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(entries.get(requireNonNull(key, "key"))).map(Entry::listing);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public boolean put(Listing listing) {
        String origin = origin(listing.key().resource());
        lock.writeLock().lock();
        try {
            Entry before = entries.get(listing.key());
            if (before == null && (entries.size() >= most || origins.getOrDefault(origin, 0) >= mostOfAnOrigin)) {
                return false;
            }
            boolean shown = isShown(listing);
            boolean again = before != null && isShown(before.listing()) && shown;
            Entry entry = Entry.of(listing, before != null && again ? before.sequence() : ++last, plugins);
            drop(before, !again);
            entries.put(listing.key(), entry);
            origins.merge(origin, 1, Integer::sum);
            due.add(entry);
            if (shown) {
                index.put(entry);
                index.tidy();
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void remove(Listing.Key key) {
        lock.writeLock().lock();
        try {
            drop(entries.get(key), true);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public List<Listing> due(Instant now, int limit) {
        lock.readLock().lock();
        try {
            return due.stream()
                    .limit(limit)
                    .map(Entry::listing)
                    .takeWhile(listing -> !listing.next().isAfter(now))
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Page page(Search search) {
        lock.readLock().lock();
        try {
            return index.page(search);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static boolean isShown(Listing listing) {
        return listing.health() != Listing.Health.GONE;
    }

    private void drop(@Nullable Entry entry, boolean unlisted) {
        if (entry == null) {
            return;
        }
        entries.remove(entry.listing().key());
        origins.computeIfPresent(
                origin(entry.listing().key().resource()), (any, count) -> count == 1 ? null : count - 1);
        due.remove(entry);
        if (unlisted) {
            index.remove(entry);
        }
    }

    /** Scheme, host and port, as they stand before the path. */
    private static String origin(String resource) {
        int authority = resource.indexOf("://");
        int path = authority < 0 ? -1 : resource.indexOf('/', authority + 3);
        return path < 0 ? resource : resource.substring(0, path);
    }
}
