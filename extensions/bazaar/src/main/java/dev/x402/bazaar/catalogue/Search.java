package dev.x402.bazaar.catalogue;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.NetworkPattern;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is looked for; everything that is said must hold.
 *
 * <p>Network, scheme, asset, payee and price are those of one and the same offer. A description is matched and never
 * decides the order.
 *
 * @param words that the texts or the address contain, each as {@link #words(String)} gives it
 * @param type such as {@code http}
 * @param operation a method or a tool
 * @param network or family of networks
 * @param scheme such as {@code exact}
 * @param asset in whichever spelling
 * @param payTo in whichever spelling
 * @param name of the service, without regard to case
 * @param least price, in the smallest unit of the asset, which is named
 * @param most price, likewise
 * @param extensions that the listing declares
 * @param tags without regard to case
 * @param order of what is found
 * @param limit of hits, 1 to {@value #MOST}
 * @param offset hits to leave out; 0 after a position
 * @param after where the page before ended
 */
public record Search(
        Set<String> words,
        Optional<String> type,
        Optional<String> operation,
        Optional<NetworkPattern> network,
        Optional<String> scheme,
        Optional<AssetId> asset,
        Optional<String> payTo,
        Optional<String> name,
        Optional<AtomicAmount> least,
        Optional<AtomicAmount> most,
        Set<String> extensions,
        Set<String> tags,
        Order order,
        int limit,
        int offset,
        Optional<Page.Position> after) {
    /** The most hits of one page. */
    public static final int MOST = 100;

    /** What stands first. */
    public enum Order {
        /** The newest listing. */
        LISTED,
        /** The lowest price in the asset that is named; of the same price the newest listing. */
        PRICE
    }

    public Search {
        words = Set.copyOf(words);
        requireNonNull(type, "type");
        requireNonNull(operation, "operation");
        requireNonNull(network, "network");
        requireNonNull(scheme, "scheme");
        requireNonNull(asset, "asset");
        requireNonNull(payTo, "payTo");
        requireNonNull(name, "name");
        requireNonNull(least, "least");
        requireNonNull(most, "most");
        extensions = Set.copyOf(extensions);
        tags = Set.copyOf(tags);
        requireNonNull(order, "order");
        requireNonNull(after, "after");
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: expected 1 to " + MOST + ", saw " + limit);
        }
        if (offset < 0 || (offset > 0 && after.isPresent())) {
            throw new IllegalArgumentException("offset: expected 0 or more, and 0 after a position, saw " + offset);
        }
        if (asset.isEmpty() && (least.isPresent() || most.isPresent() || order == Order.PRICE)) {
            throw new IllegalArgumentException("asset: expected the asset whose price is meant, saw none");
        }
        if (after.filter(position -> position.price().isPresent() != isByPrice(order))
                .isPresent()) {
            throw new IllegalArgumentException("after: expected a position of the order " + order + ", saw another");
        }
    }

    private static boolean isByPrice(Order order) {
        return order == Order.PRICE;
    }

    /** Whether the order or a bound is that of price. */
    boolean priced() {
        return least.isPresent() || most.isPresent() || isByPrice(order);
    }

    /** The words of a text, without accents and in small letters; signs stand between words. */
    public static Set<String> words(String text) {
        return Words.of(text, Integer.MAX_VALUE);
    }

    /** Begins a search for everything, 20 hits a page. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a search; not safe for threads. */
    public static final class Builder {
        private Set<String> words = Set.of();
        private Optional<String> type = Optional.empty();
        private Optional<String> operation = Optional.empty();
        private Optional<NetworkPattern> network = Optional.empty();
        private Optional<String> scheme = Optional.empty();
        private Optional<AssetId> asset = Optional.empty();
        private Optional<String> payTo = Optional.empty();
        private Optional<String> name = Optional.empty();
        private Optional<AtomicAmount> least = Optional.empty();
        private Optional<AtomicAmount> most = Optional.empty();
        private final Set<String> extensions = new LinkedHashSet<>();
        private final Set<String> tags = new LinkedHashSet<>();
        private Order order = Order.LISTED;
        private int limit = 20;
        private int offset;
        private Optional<Page.Position> after = Optional.empty();

        private Builder() {}

        /** Words that texts or address contain, all of them. */
        public Builder text(String text) {
            words = Search.words(text);
            return this;
        }

        /** Such as {@code http} or {@code mcp}. */
        public Builder type(String wanted) {
            type = Optional.of(wanted);
            return this;
        }

        /** A method such as {@code GET}, or a tool's name. */
        public Builder operation(String wanted) {
            operation = Optional.of(wanted);
            return this;
        }

        /** A network or a family of them. */
        public Builder network(NetworkPattern wanted) {
            network = Optional.of(wanted);
            return this;
        }

        /** Such as {@code exact}. */
        public Builder scheme(String wanted) {
            scheme = Optional.of(wanted);
            return this;
        }

        /** An asset on its network. */
        public Builder asset(AssetId wanted) {
            asset = Optional.of(wanted);
            return this;
        }

        /** Who is paid. */
        public Builder payTo(String wanted) {
            payTo = Optional.of(wanted);
            return this;
        }

        /** The service's whole name. */
        public Builder name(String wanted) {
            name = Optional.of(wanted);
            return this;
        }

        /** The least price, in the smallest unit of the asset. */
        public Builder least(AtomicAmount amount) {
            least = Optional.of(amount);
            return this;
        }

        /** The most that it may cost, in the smallest unit of the asset. */
        public Builder most(AtomicAmount amount) {
            most = Optional.of(amount);
            return this;
        }

        /** Adds an extension that is declared. */
        public Builder extension(String key) {
            extensions.add(key);
            return this;
        }

        /** Adds a tag. */
        public Builder tag(String tag) {
            tags.add(tag.toLowerCase(Locale.ROOT));
            return this;
        }

        /** What stands first; the newest listing by default. */
        public Builder order(Order first) {
            order = requireNonNull(first, "first");
            return this;
        }

        /** The most hits of the page, 1 to 100; 20 by default. */
        public Builder limit(int hits) {
            limit = hits;
            return this;
        }

        /** Leaves out so many hits. */
        public Builder offset(int hits) {
            offset = hits;
            return this;
        }

        /** Goes on where another page ended. */
        public Builder after(Page.Position position) {
            after = Optional.of(position);
            return this;
        }

        /**
         * The search.
         *
         * @throws IllegalArgumentException naming what is out of bounds or does not go together
         */
        public Search build() {
            return new Search(
                    words,
                    type,
                    operation,
                    network,
                    scheme,
                    asset,
                    payTo,
                    name,
                    least,
                    most,
                    extensions,
                    tags,
                    order,
                    limit,
                    offset,
                    after);
        }
    }
}
