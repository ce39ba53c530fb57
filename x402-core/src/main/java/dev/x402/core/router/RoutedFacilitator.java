package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Facilitator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One facilitator of a router and what the application says of it; immutable. */
public final class RoutedFacilitator {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int DEFAULT_CONCURRENT = 64;

    private final String name;
    private final Facilitator facilitator;
    private final @Nullable Fee fee;
    private final List<NetworkPattern> only;
    private final int concurrent;
    private final boolean doubted;

    private RoutedFacilitator(
            String name,
            Facilitator facilitator,
            @Nullable Fee fee,
            List<NetworkPattern> only,
            int concurrent,
            boolean doubted) {
        this.name = name;
        this.facilitator = facilitator;
        this.fee = fee;
        this.only = only;
        this.concurrent = concurrent;
        this.doubted = doubted;
    }

    /**
     * A facilitator by its name.
     *
     * @param name 1 to 64 of {@code a-z}, {@code 0-9} and {@code -}; kept with payments, so never give it to another;
     *     no payer sees it
     * @param facilitator local or remote; closed by the caller
     */
    public static RoutedFacilitator of(String name, Facilitator facilitator) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a facilitator: expected 1 to 64 of a-z, 0-9 and -, saw \"" + name + "\"");
        }
        requireNonNull(facilitator, "facilitator");
        return new RoutedFacilitator(name, facilitator, null, List.of(), DEFAULT_CONCURRENT, false);
    }

    /** What it takes for a payment; without a word it is never the cheapest. */
    public RoutedFacilitator fee(Fee declared) {
        return new RoutedFacilitator(name, facilitator, requireNonNull(declared, "fee"), only, concurrent, doubted);
    }

    /** The networks that it may be asked for, whatever else it says it serves; all unless said. */
    public RoutedFacilitator only(NetworkPattern... networks) {
        return new RoutedFacilitator(name, facilitator, fee, List.of(networks), concurrent, doubted);
    }

    /** How many calls may be under way to it at once; 64 unless said. */
    public RoutedFacilitator concurrent(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("concurrent calls to " + name + ": expected 1 or more, saw " + calls);
        }
        return new RoutedFacilitator(name, facilitator, fee, only, calls, doubted);
    }

    /**
     * Its word alone is not enough: another facilitator must find a payment valid before and spent after.
     *
     * <p>Costs two more verifications, and needs another that is not doubted and serves the same terms. Says nothing of
     * whether both tell the same lie, nor of a payer who spends the payment in another way.
     */
    public RoutedFacilitator doubted() {
        return new RoutedFacilitator(name, facilitator, fee, only, concurrent, true);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    Facilitator facilitator() {
        return facilitator;
    }

    Optional<Fee> fee() {
        return Optional.ofNullable(fee);
    }

    boolean mayServe(Network network) {
        return only.isEmpty() || only.stream().anyMatch(pattern -> pattern.matches(network));
    }

    int concurrent() {
        return concurrent;
    }

    boolean isDoubted() {
        return doubted;
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
