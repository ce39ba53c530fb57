package dev.x402.config;

import dev.x402.core.payer.Budget;
import dev.x402.core.payer.Budgets;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.PolicyConfigurationException;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.payer.SpendPolicy;
import dev.x402.spi.BudgetLedger;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.List;

/** The section {@code buyer}: what may be paid, and how much of it. */
public final class BuyerConfig {
    private final BuyerPolicy policy;
    private final List<Budget> budgets;

    private final Place at;
    private final List<Place> places;

    private BuyerConfig(BuyerPolicy policy, List<Budget> budgets, Place at, List<Place> places) {
        this.policy = policy;
        this.budgets = List.copyOf(budgets);
        this.at = at;
        this.places = List.copyOf(places);
    }

    static BuyerConfig of(Section buyer) {
        List<Section.Item> rules = buyer.items("policy");
        BuyerPolicy policy = policy(rules);
        buyer.missing("policy", "a list of rules such as prefer solana");
        List<Budget> budgets = new ArrayList<>();
        buyer.items("budgets").forEach(item -> item.parsed(Budget::parse).ifPresent(budgets::add));
        return new BuyerConfig(
                policy,
                budgets,
                buyer.at(),
                rules.stream().map(Section.Item::at).toList());
    }

    private static BuyerPolicy policy(List<Section.Item> items) {
        List<String> lines = items.stream().map(item -> item.text().orElse("")).toList();
        try {
            return BuyerPolicy.parse(lines);
        } catch (PolicyConfigurationException e) {
            e.problems().forEach(problem -> items.get(problem.line() - 1).problem(problem.message()));
            return BuyerPolicy.parse();
        }
    }

    /** The rules. */
    public BuyerPolicy policy() {
        return policy;
    }

    /** The budgets; all of them must have room. Empty: the policy's limit of one payment is the only one. */
    public List<Budget> budgets() {
        return budgets;
    }

    /**
     * Begins a payer with policy and budgets; the clock is still to be given.
     *
     * @throws ConfigurationException naming every word that these plugins do not know and every contradiction
     */
    public Payer.Builder payer(Plugins plugins, BudgetLedger ledger) {
        requireKnown(plugins);
        SpendPolicy spend = budgets.isEmpty() ? SpendPolicies.perPayment() : Budgets.of(plugins, ledger, budgets);
        return Payer.builder(plugins).offers(policy).spend(spend);
    }

    private void requireKnown(Plugins plugins) {
        try {
            policy.with(plugins);
        } catch (PolicyConfigurationException e) {
            throw new ConfigurationException(e.problems().stream()
                    .map(problem -> (problem.line() == 0 ? at : places.get(problem.line() - 1))
                            .problem("buyer.policy: " + problem.message()))
                    .toList());
        }
    }

    /** How many rules and budgets there are. */
    @Override
    public String toString() {
        return "buyer with " + policy.lines().size() + " rules and " + budgets.size() + " budgets";
    }
}
