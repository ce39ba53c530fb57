package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.core.payer.PolicyConfigurationException.Problem;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer wants and refuses, one rule a line; the same in code and in text.
 *
 * <pre>{@code
 * prefer solana, base
 * avoid mainnet
 * only USDC
 * only host api.example.com, *.example.org
 * only payee 0x7099…
 * flows authorization
 * at most 0.05 USD per payment
 * cheapest
 * fastest final
 * }</pre>
 *
 * <p>Every {@code only}, {@code avoid} and {@code at most} must hold; alternatives stand in one line, with commas. What
 * an asset source does not know is refused unless a line names it by its identifier, and no amount of it is ever
 * converted. Where there is a limit, an offer is refused that no limit covers. {@code prefer}, {@code cheapest} and
 * {@code fastest final} order what is left, the first line first. Then the flow in which the buyer risks least, the
 * lower price in the same currency, and at last the order of network, scheme, asset and payee decide: the place in the
 * challenge never does.
 *
 * <p>A bare word is {@code mainnet}, {@code testnet}, a namespace of CAIP-2, a network's name or identifier, an asset's
 * symbol or identifier, or a currency; the {@link Subject} before it says which, where it could be two. Case and the
 * choice between blank and hyphen do not matter in names. Immutable; a value.
 */
public final class BuyerPolicy {
    private final List<Rule> rules;
    private final List<Integer> lines;

    BuyerPolicy(List<Rule> rules, List<Integer> lines) {
        this.rules = List.copyOf(rules);
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads lines, each a rule; empty lines and what follows {@code #} say nothing.
     *
     * @throws PolicyConfigurationException naming every line that cannot be read
     */
    public static BuyerPolicy parse(String... lines) {
        return parse(List.of(lines));
    }

    /**
     * Reads lines, each a rule; empty lines and what follows {@code #} say nothing.
     *
     * @throws PolicyConfigurationException naming every line that cannot be read
     */
    public static BuyerPolicy parse(List<String> lines) {
        return PolicyReader.read(lines);
    }

    /** Begins a policy without rules. */
    public static Builder builder() {
        return new Builder();
    }

    /** The rules in their canonical form; parsed they give this policy again. */
    public List<String> lines() {
        return rules.stream().map(Rule::toString).toList();
    }

    /** Both policies: the lines of this one, then those of the other that this one has not. */
    public BuyerPolicy and(BuyerPolicy other) {
        List<Rule> all = new ArrayList<>(rules);
        other.rules.stream().filter(rule -> !rules.contains(rule)).forEach(all::add);
        return new BuyerPolicy(all, Collections.nCopies(all.size(), 0));
    }

    /**
     * This policy in the words of these plugins.
     *
     * @throws PolicyConfigurationException naming every word that they do not know and every contradiction
     */
    public BoundPolicy with(Plugins plugins) {
        return Binding.bind(this, requireNonNull(plugins, "plugins"));
    }

    List<Rule> rules() {
        return rules;
    }

    /** The line from which the rule was read; 0 when it was put together. */
    int line(int rule) {
        return lines.get(rule);
    }

    /** Whether something limits the amount of one payment. */
    boolean limits() {
        return rules.stream().anyMatch(rule -> rule instanceof Rule.Limit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BuyerPolicy policy && rules.equals(policy.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    /** The canonical lines. */
    @Override
    public String toString() {
        return rules.stream().map(Rule::toString).collect(Collectors.joining("\n"));
    }

    /** Collects rules; not safe for threads. */
    public static final class Builder {
        private final List<Rule> rules = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private int line;

        private Builder() {}

        /** Puts offers with these words first, in this order. */
        public Builder prefer(String... words) {
            return listed(Rule.Verb.PREFER, null, words);
        }

        /** Puts offers with these words first, in this order. */
        public Builder prefer(Subject subject, String... words) {
            return listed(Rule.Verb.PREFER, requireNonNull(subject, "subject"), words);
        }

        /** Refuses offers with one of these words. */
        public Builder avoid(String... words) {
            return listed(Rule.Verb.AVOID, null, words);
        }

        /** Refuses offers with one of these words. */
        public Builder avoid(Subject subject, String... words) {
            return listed(Rule.Verb.AVOID, requireNonNull(subject, "subject"), words);
        }

        /** Refuses offers with none of these words. */
        public Builder only(String... words) {
            return listed(Rule.Verb.ONLY, null, words);
        }

        /** Refuses offers with none of these words. */
        public Builder only(Subject subject, String... words) {
            return listed(Rule.Verb.ONLY, requireNonNull(subject, "subject"), words);
        }

        /** Refuses a payment of more, and of what no limit covers. */
        public Builder atMost(MoneyTerm most) {
            return add(new Rule.Limit(most));
        }

        /** Refuses a payment of more, such as {@code 0.05 USD}, and of what no limit covers. */
        public Builder atMost(String most) {
            try {
                return atMost(MoneyTerm.parse(most));
            } catch (IllegalArgumentException e) {
                return wrong(String.valueOf(e.getMessage()));
            }
        }

        /** Puts the lower price first, among offers in the same currency. */
        public Builder cheapest() {
            return add(Rule.Measure.CHEAPEST);
        }

        /** Puts first the network on which a payment is soonest beyond return. */
        public Builder fastestFinal() {
            return add(Rule.Measure.FASTEST_FINAL);
        }

        private Builder listed(Rule.Verb verb, @Nullable Subject subject, String... words) {
            List<String> list = List.of(words);
            return Rule.Listed.misfit(subject, list)
                    .map(misfit -> wrong(verb + ": " + misfit))
                    .orElseGet(() -> add(new Rule.Listed(verb, subject, list)));
        }

        private Builder add(Rule rule) {
            line++;
            rules.add(rule);
            lines.add(line);
            return this;
        }

        private Builder wrong(String message) {
            line++;
            problems.add(new Problem(line, 0, message));
            return this;
        }

        /**
         * The policy.
         *
         * @throws PolicyConfigurationException naming every rule that is no line of the language
         */
        public BuyerPolicy build() {
            if (!problems.isEmpty()) {
                throw new PolicyConfigurationException(problems);
            }
            return new BuyerPolicy(rules, lines);
        }
    }
}
