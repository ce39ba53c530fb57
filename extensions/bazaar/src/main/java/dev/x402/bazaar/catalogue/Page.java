package dev.x402.bazaar.catalogue;

import static java.util.Objects.requireNonNull;

import dev.x402.bazaar.Listing;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A page of what was found.
 *
 * @param hits in the order of the search
 * @param total of listings that match, on this page or not
 * @param more whether there are listings after the last hit
 */
public record Page(List<Hit> hits, int total, boolean more) {
    public Page {
        hits = List.copyOf(hits);
    }

    /** The listings of the page. */
    public List<Listing> listings() {
        return hits.stream().map(Hit::listing).toList();
    }

    /**
     * A listing and where it stands.
     *
     * @param listing that was found
     * @param position from which the next page goes on
     */
    public record Hit(Listing listing, Position position) {
        public Hit {
            requireNonNull(listing, "listing");
            requireNonNull(position, "position");
        }
    }

    /**
     * A place between two listings of one order.
     *
     * @param price of the listing before it; empty where the order is not that of price
     * @param sequence of the listing before it, in the order of listing; 0 or more
     */
    public record Position(Optional<BigInteger> price, long sequence) {
        public Position {
            requireNonNull(price, "price");
            if (sequence < 0) {
                throw new IllegalArgumentException("sequence: expected 0 or more, saw " + sequence);
            }
        }
    }
}
