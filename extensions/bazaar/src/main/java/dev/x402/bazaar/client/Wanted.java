package dev.x402.bazaar.client;

import static java.util.Objects.requireNonNull;

import dev.x402.core.payer.MoneyTerm;
import dev.x402.spec.NetworkPattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A service that somebody looks for, the cheapest first.
 *
 * <p>Such as {@code Wanted.of("weather", "0.01 USD").on("solana")}.
 *
 * @param words that the listing contains, in whichever order
 * @param most that a call may cost, in a currency or an asset's symbol
 * @param networks to pay on; empty for all that the payer's plugins know
 * @param method to call with
 * @param tags that the listing has
 * @param services the most to find, 1 to 100
 */
public record Wanted(
        String words, MoneyTerm most, List<NetworkPattern> networks, String method, Set<String> tags, int services) {
    public Wanted {
        requireNonNull(words, "words");
        requireNonNull(most, "most");
        networks = List.copyOf(networks);
        requireNonNull(method, "method");
        tags = Set.copyOf(tags);
        if (most.asset().isPresent()) {
            throw new IllegalArgumentException("most: expected a currency or a symbol such as 0.01 USD, saw " + most);
        }
        if (services < 1 || services > 100) {
            throw new IllegalArgumentException("services: expected 1 to 100, saw " + services);
        }
    }

    /**
     * Services with these words, called by {@code GET}, up to 20 of them.
     *
     * @param most such as {@code 0.01 USD}
     * @throws IllegalArgumentException when that is no money
     */
    public static Wanted of(String words, String most) {
        return new Wanted(words, MoneyTerm.parse(most), List.of(), "GET", Set.of(), 20);
    }

    /**
     * The same, paid on this network or family: {@code eip155:8453}, {@code solana:*} or {@code solana}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public Wanted on(String network) {
        Optional<NetworkPattern> pattern = NetworkPattern.find(network).or(() -> NetworkPattern.find(network + ":*"));
        return new Wanted(
                words, most, List.of(pattern.orElseGet(() -> NetworkPattern.parse(network))), method, tags, services);
    }

    /** The same, called by another method. */
    public Wanted by(String otherMethod) {
        return new Wanted(words, most, networks, otherMethod, tags, services);
    }

    /** The same with one more tag. */
    public Wanted tagged(String tag) {
        Set<String> more = new TreeSet<>(tags);
        more.add(tag);
        return new Wanted(words, most, networks, method, more, services);
    }

    /** The same, but no more than so many. */
    public Wanted first(int many) {
        return new Wanted(words, most, networks, method, tags, many);
    }
}
