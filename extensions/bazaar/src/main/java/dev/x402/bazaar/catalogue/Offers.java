package dev.x402.bazaar.catalogue;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The offers of all slots in columns.
 *
 * <p>A look at every one reads memory in order. Words are numbers here, equal when the words are. Not safe for threads.
 */
final class Offers {
    /** No offer of the slot is wanted. */
    static final long NONE = -1;

    /** Only offers of more than 63 bits are wanted: see {@link #large}. */
    static final long LARGE = -2;

    private static final int ANY = -1;
    private static final int NOBODY = -2;

    private final Map<String, Integer> numbers = new HashMap<>();
    private int[] starts = new int[64];
    private int[] counts = new int[64];
    private int[] networks = new int[64];
    private int[] families = new int[64];
    private int[] schemes = new int[64];
    private int[] assets = new int[64];
    private int[] payees = new int[64];
    private long[] amounts = new long[64];
    private final Map<Integer, BigInteger> larges = new HashMap<>();
    private int end;

    /** How much is kept, in use or not. */
    int size() {
        return Math.max(end, numbers.size());
    }

    /** Sets the offers of a slot, whose assets and payees are in their one spelling. */
    void put(int slot, List<PaymentRequirements> offers) {
        if (slot >= starts.length) {
            starts = Arrays.copyOf(starts, Math.max(slot + 1, starts.length * 2));
            counts = Arrays.copyOf(counts, starts.length);
        }
        if (offers.size() > counts[slot]) {
            starts[slot] = end;
            end += offers.size();
            if (end > networks.length) {
                grow(Math.max(end, networks.length * 2));
            }
        }
        counts[slot] = offers.size();
        int at = starts[slot];
        for (PaymentRequirements offer : offers) {
            networks[at] = number(offer.network().toString());
            families[at] = number(offer.network().namespace() + ":*");
            schemes[at] = number(offer.scheme());
            assets[at] = number(offer.assetId().toString());
            payees[at] = number(offer.payTo());
            BigInteger amount = offer.amount().value();
            boolean large = amount.bitLength() > 63;
            amounts[at] = large ? LARGE : amount.longValueExact();
            if (large) {
                larges.put(at, amount);
            } else {
                larges.remove(at);
            }
            at++;
        }
    }

    private void grow(int length) {
        networks = Arrays.copyOf(networks, length);
        families = Arrays.copyOf(families, length);
        schemes = Arrays.copyOf(schemes, length);
        assets = Arrays.copyOf(assets, length);
        payees = Arrays.copyOf(payees, length);
        amounts = Arrays.copyOf(amounts, length);
    }

    private int number(String word) {
        return numbers.computeIfAbsent(word, any -> numbers.size());
    }

    private int known(String word) {
        return numbers.getOrDefault(word, NOBODY);
    }

    /** What an offer must be, asked of this object's slots. */
    Wanted wanted(Search search, Optional<AssetId> asset, Set<String> payTo) {
        boolean family = search.network().filter(pattern -> pattern.isFamily()).isPresent();
        int network = search.network().map(pattern -> known(pattern.toString())).orElse(ANY);
        return new Wanted(
                family ? ANY : network,
                family ? network : ANY,
                search.scheme().map(this::known).orElse(ANY),
                asset.map(id -> known(id.toString())).orElse(ANY),
                payTo.stream().mapToInt(this::known).toArray(),
                search.least().map(AtomicAmount::value).orElse(BigInteger.ZERO),
                search.most().map(AtomicAmount::value));
    }

    /** The least price of an offer that is wanted. */
    long price(int slot, Wanted wanted) {
        long least = NONE;
        int last = starts[slot] + counts[slot];
        for (int at = starts[slot]; at < last; at++) {
            if (!takes(at, wanted)) {
                continue;
            }
            long amount = amounts[at];
            if (amount == LARGE) {
                least = least == NONE && wanted.covers(large(at)) ? LARGE : least;
            } else if (amount >= wanted.smallLeast && amount <= wanted.smallMost && (least < 0 || amount < least)) {
                least = amount;
            }
        }
        return least;
    }

    /** The least price of a slot whose {@link #price} is large. */
    BigInteger large(int slot, Wanted wanted) {
        BigInteger least = null;
        for (int at = starts[slot]; at < starts[slot] + counts[slot]; at++) {
            if (takes(at, wanted)
                    && wanted.covers(large(at))
                    && (least == null || large(at).compareTo(least) < 0)) {
                least = large(at);
            }
        }
        if (least == null) {
            throw new IllegalStateException("offers: expected a large price, saw none");
        }
        return least;
    }

    private BigInteger large(int at) {
        return larges.getOrDefault(at, BigInteger.ZERO);
    }

    private boolean takes(int at, Wanted wanted) {
        return (wanted.asset == ANY || wanted.asset == assets[at])
                && (wanted.network == ANY || wanted.network == networks[at])
                && (wanted.family == ANY || wanted.family == families[at])
                && (wanted.scheme == ANY || wanted.scheme == schemes[at])
                && (wanted.payees.length == 0 || isOneOf(payees[at], wanted.payees));
    }

    private static boolean isOneOf(int payee, int[] payees) {
        for (int each : payees) {
            if (each == payee) {
                return true;
            }
        }
        return false;
    }

    /** What an offer must be, in numbers. */
    static final class Wanted {
        private final int network;
        private final int family;
        private final int scheme;
        private final int asset;
        private final int[] payees;
        private final BigInteger least;
        private final Optional<BigInteger> most;
        private final long smallLeast;
        private final long smallMost;

        private Wanted(
                int network,
                int family,
                int scheme,
                int asset,
                int[] payees,
                BigInteger least,
                Optional<BigInteger> most) {
            this.network = network;
            this.family = family;
            this.scheme = scheme;
            this.asset = asset;
            this.payees = payees;
            this.least = least;
            this.most = most;
            boolean beyond = least.bitLength() > 63;
            smallLeast = beyond ? 1 : least.longValueExact();
            smallMost = beyond
                    ? 0
                    : most.filter(value -> value.bitLength() <= 63)
                            .map(BigInteger::longValueExact)
                            .orElse(Long.MAX_VALUE);
        }

        private boolean covers(BigInteger amount) {
            return amount.compareTo(least) >= 0
                    && most.map(value -> amount.compareTo(value) <= 0).orElse(true);
        }

        /** Whether offers must be looked at: what a listing has could be that of two offers. */
        boolean joined() {
            int said = (network == ANY && family == ANY ? 0 : 1)
                    + (scheme == ANY ? 0 : 1)
                    + (asset == ANY ? 0 : 1)
                    + (payees.length == 0 ? 0 : 1);
            return said > 1;
        }
    }
}
