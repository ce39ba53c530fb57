package dev.x402.core.router;

import static java.util.Objects.requireNonNull;

import dev.x402.core.router.Rule.Preference;
import dev.x402.spec.AssetId;
import dev.x402.spec.NetworkPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which facilitator is preferred for an offer: the first rule that tells two apart decides.
 *
 * <p>Where no rule does, the order in which they were added decides. A facilitator that is known not to answer stands
 * behind the others, whatever the policy says. A value; safe for threads.
 */
public final class RoutingPolicy {
    private final List<Rule> rules;

    private RoutingPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Parses rules, one a text.
     *
     * <p>{@code order cdp, own} or {@code cheapest} or {@code fastest} or {@code healthiest}, with {@code on solana:*:}
     * or {@code on eip155:8453/0x8335…:} before it when it is for a network, a family or an asset alone.
     *
     * @throws IllegalArgumentException naming the rule by its number
     */
    public static RoutingPolicy parse(List<String> rules) {
        List<Rule> parsed = new ArrayList<>();
        for (String rule : rules) {
            parsed.add(Rule.parse(rule, "rule " + (parsed.size() + 1)));
        }
        return new RoutingPolicy(parsed);
    }

    /** The order in which they were added, and nothing else. */
    public static RoutingPolicy inOrder() {
        return new RoutingPolicy(List.of());
    }

    /** These first, in this order; the others are equal. */
    public static RoutingPolicy order(String... names) {
        return of(new Preference.Order(List.of(names)));
    }

    /** The lowest declared fee first; one that cannot be compared comes last. */
    public static RoutingPolicy cheapest() {
        return of(new Preference.Cheapest());
    }

    /** The shortest measured time to answer first. */
    public static RoutingPolicy fastest() {
        return of(new Preference.Fastest());
    }

    /** The one whose calls went best first, in steps of a tenth. */
    public static RoutingPolicy healthiest() {
        return of(new Preference.Healthiest());
    }

    /** These rules, and where they do not decide those of the other. */
    public RoutingPolicy then(RoutingPolicy other) {
        return new RoutingPolicy(
                Stream.concat(rules.stream(), other.rules.stream()).toList());
    }

    /** These rules for this network or family alone. */
    public RoutingPolicy on(NetworkPattern network) {
        requireNonNull(network, "network");
        return new RoutingPolicy(rules.stream()
                .map(rule -> rule.on(
                        network.toString(), ask -> network.matches(ask.kind().network())))
                .toList());
    }

    /** These rules for this asset alone. */
    public RoutingPolicy on(AssetId asset) {
        requireNonNull(asset, "asset");
        return new RoutingPolicy(rules.stream()
                .map(rule -> rule.on(asset.toString(), ask -> ask.isFor(asset)))
                .toList());
    }

    /** The names that an order mentions. */
    List<String> names() {
        return rules.stream().flatMap(rule -> rule.names().stream()).toList();
    }

    /** How candidates for this are sorted. */
    Comparator<Facts> comparator(Ask ask) {
        Comparator<Facts> added = Comparator.comparing(Facts::place);
        return rules.stream()
                .filter(rule -> rule.isFor(ask))
                .map(rule -> rule.preference().comparator())
                .reduce(Comparator::thenComparing)
                .map(preferred -> preferred.thenComparing(added))
                .orElse(added);
    }

    /** The rules as they are parsed. */
    public List<String> rules() {
        return rules.stream().map(Rule::toString).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoutingPolicy policy && policy.rules().equals(rules());
    }

    @Override
    public int hashCode() {
        return rules().hashCode();
    }

    /** The rules, one after the other. */
    @Override
    public String toString() {
        return rules.isEmpty() ? "in order" : String.join("; ", rules());
    }

    private static RoutingPolicy of(Preference preference) {
        return new RoutingPolicy(List.of(Rule.always(preference)));
    }
}
