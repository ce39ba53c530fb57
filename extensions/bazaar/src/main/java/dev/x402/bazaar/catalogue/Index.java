package dev.x402.bazaar.catalogue;

import static java.util.Objects.requireNonNull;

import dev.x402.bazaar.catalogue.Entry.Term;
import dev.x402.bazaar.catalogue.Offers.Wanted;
import dev.x402.bazaar.catalogue.Page.Position;
import dev.x402.spec.AssetId;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.plugins.Plugins;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An inverted index in memory; a listing's slot follows the order of listing. Not safe for threads. */
final class Index {
    private static final int SPARE = 1024;
    private static final int OFFERS = 64;

    private final Plugins plugins;
    private Map<String, Postings> postings = new HashMap<>();
    private @Nullable Entry[] slots = new @Nullable Entry[64];
    /** Ascending, also those of slots that are empty again. */
    private long[] sequences = new long[64];

    private Offers offers = new Offers();

    private int end;
    private int live;

    Index(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Adds an entry of the highest sequence, or replaces one of the same. */
    void put(Entry entry) {
        int slot = end == 0 || sequences[end - 1] < entry.sequence()
                ? -1
                : Arrays.binarySearch(sequences, 0, end, entry.sequence());
        if (slot < 0) {
            slot = append(entry.sequence());
        } else {
            clear(slot);
        }
        slots[slot] = entry;
        offers.put(slot, entry.offers());
        live++;
        for (String term : entry.terms()) {
            postings.computeIfAbsent(term, any -> new Postings()).add(slot);
        }
    }

    /** Closes the gaps once they are more than what is in use. */
    void tidy() {
        if (end > 2 * live + SPARE || offers.size() > OFFERS * live + SPARE) {
            close();
        }
    }

    void remove(Entry entry) {
        int slot = Arrays.binarySearch(sequences, 0, end, entry.sequence());
        if (slot >= 0) {
            clear(slot);
        }
        tidy();
    }

    Page page(Search search) {
        Optional<AssetId> asset = search.asset().map(named -> Entry.spelled(named, plugins));
        Set<String> payees =
                search.payTo().map(payTo -> spellings(search, payTo)).orElse(Set.of());
        Optional<Matches> matches = matches(search, asset, payees);
        if (matches.isEmpty()) {
            return new Page(List.of(), 0, false);
        }
        Wanted wanted = offers.wanted(search, asset, payees);
        return search.order() == Search.Order.PRICE
                ? byPrice(search, matches.get(), wanted)
                : byListing(search, matches.get(), wanted);
    }

    private Page byListing(Search search, Matches matches, Wanted wanted) {
        boolean looks = wanted.joined() || search.priced();
        long after = search.after().map(Position::sequence).orElse(Long.MAX_VALUE);
        List<Page.Hit> hits = new ArrayList<>();
        int total = 0;
        int skipped = 0;
        boolean more = false;
        for (int slot = matches.next(end - 1); slot >= 0; slot = matches.next(slot - 1)) {
            if (slots[slot] == null || (looks && offers.price(slot, wanted) == Offers.NONE)) {
                continue;
            }
            total++;
            if (sequences[slot] >= after) {
                continue;
            }
            if (skipped < search.offset()) {
                skipped++;
            } else if (hits.size() < search.limit()) {
                hits.add(hit(slot, Optional.empty()));
            } else {
                more = true;
            }
        }
        return new Page(hits, total, more);
    }

    private Page.Hit hit(int slot, Optional<BigInteger> price) {
        Entry entry = requireNonNull(slots[slot], "slot");
        return new Page.Hit(entry.listing(), new Position(price, entry.sequence()));
    }

    private record Priced(BigInteger price, int slot) {
        static final Comparator<Priced> ORDER = Comparator.comparing(Priced::price)
                .thenComparing(Comparator.comparingInt(Priced::slot).reversed());
    }

    private Page byPrice(Search search, Matches matches, Wanted wanted) {
        Position after = search.after().orElse(null);
        int kept = search.offset() + search.limit();
        PriorityQueue<Priced> cheapest = new PriorityQueue<>(Priced.ORDER.reversed());
        long dearest = Long.MAX_VALUE;
        int total = 0;
        int rest = 0;
        for (int slot = matches.next(end - 1); slot >= 0; slot = matches.next(slot - 1)) {
            long small = slots[slot] == null ? Offers.NONE : offers.price(slot, wanted);
            if (small == Offers.NONE) {
                continue;
            }
            total++;
            if (small > dearest && after == null) {
                rest++;
                continue;
            }
            BigInteger price = small == Offers.LARGE ? offers.large(slot, wanted) : BigInteger.valueOf(small);
            if (after != null && !isAfter(price, sequences[slot], after)) {
                continue;
            }
            rest++;
            Priced priced = new Priced(price, slot);
            if (cheapest.size() == kept && Priced.ORDER.compare(priced, cheapest.element()) < 0) {
                cheapest.remove();
            }
            if (cheapest.size() < kept) {
                cheapest.add(priced);
            }
            if (cheapest.size() == kept && cheapest.element().price().bitLength() < Long.SIZE) {
                dearest = cheapest.element().price().longValueExact();
            }
        }
        Deque<Page.Hit> hits = new ArrayDeque<>();
        while (cheapest.size() > search.offset()) {
            Priced priced = cheapest.remove();
            hits.addFirst(hit(priced.slot(), Optional.of(priced.price())));
        }
        return new Page(List.copyOf(hits), total, rest > kept);
    }

    private static boolean isAfter(BigInteger price, long sequence, Position after) {
        int compared = price.compareTo(after.price().orElseThrow());
        return compared > 0 || (compared == 0 && sequence < after.sequence());
    }

    /** A payee's spelling on the network that is asked for, or on every one. */
    private Set<String> spellings(Search search, String payTo) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(payTo);
        plugins.networks().stream()
                .map(RailNetwork::id)
                .filter(network -> search.network()
                        .map(pattern -> pattern.matches(network))
                        .orElse(true))
                .forEach(network -> plugins.canonicalAccount(network, payTo).ifPresent(spellings::add));
        return spellings;
    }

    /** Walks over all that have the terms of a search; empty where some term has none. */
    private Optional<Matches> matches(Search search, Optional<AssetId> asset, Set<String> payees) {
        Set<String> terms = new LinkedHashSet<>();
        search.words().forEach(word -> terms.add(Term.WORD.of(word)));
        search.type().ifPresent(type -> terms.add(Term.TYPE.of(type)));
        search.operation().ifPresent(operation -> terms.add(Term.OPERATION.of(operation)));
        search.name().ifPresent(name -> terms.add(Term.NAME.of(name.toLowerCase(Locale.ROOT))));
        search.network().ifPresent(network -> terms.add(Term.NETWORK.of(network.toString())));
        search.scheme().ifPresent(scheme -> terms.add(Term.SCHEME.of(scheme)));
        search.extensions().forEach(key -> terms.add(Term.EXTENSION.of(key)));
        search.tags().forEach(tag -> terms.add(Term.TAG.of(tag)));
        asset.ifPresent(id -> terms.add(Term.ASSET.of(id.toString())));
        List<Postings> all = new ArrayList<>();
        for (String term : terms) {
            Postings some = postings.get(term);
            if (some == null) {
                return Optional.empty();
            }
            if (some.size() < live) {
                all.add(some);
            }
        }
        if (!payees.isEmpty()) {
            List<Postings> each = payees.stream()
                    .map(payee -> postings.get(Term.PAYEE.of(payee)))
                    .filter(some -> some != null)
                    .toList();
            if (each.isEmpty()) {
                return Optional.empty();
            }
            all.add(each.size() == 1 ? each.get(0) : Postings.union(each));
        }
        return Optional.of(new Matches(all));
    }

    /** Walks down slots that stand in all of some postings. */
    private static final class Matches {
        private final Postings.Walk[] walks;

        Matches(List<Postings> all) {
            walks = all.stream()
                    .sorted(Comparator.comparingInt(Postings::size))
                    .map(Postings::walk)
                    .toArray(Postings.Walk[]::new);
        }

        /** The last slot that matches and is not above this one; −1 where there is none. */
        int next(int most) {
            int slot = most;
            for (int agreed = 0; slot >= 0 && agreed < walks.length; ) {
                int there = walks[agreed].downTo(slot);
                agreed = there == slot ? agreed + 1 : 0;
                slot = there;
            }
            return slot;
        }
    }

    private int append(long sequence) {
        if (end == slots.length) {
            slots = Arrays.copyOf(slots, end * 2);
            sequences = Arrays.copyOf(sequences, end * 2);
        }
        sequences[end] = sequence;
        return end++;
    }

    private void clear(int slot) {
        Entry entry = slots[slot];
        if (entry == null) {
            return;
        }
        for (String term : entry.terms()) {
            Postings some = postings.get(term);
            if (some != null) {
                some.remove(slot);
                if (some.size() == 0) {
                    postings.remove(term);
                }
            }
        }
        slots[slot] = null;
        live--;
    }

    /** Closes the gaps that removed entries left. */
    private void close() {
        @Nullable Entry[] old = slots;
        int oldEnd = end;
        postings = new HashMap<>();
        slots = new @Nullable Entry[Math.max(64, live * 2)];
        sequences = new long[slots.length];
        end = 0;
        live = 0;
        offers = new Offers();
        for (int slot = 0; slot < oldEnd; slot++) {
            Entry entry = old[slot];
            if (entry != null) {
                put(entry);
            }
        }
    }
}
