package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.core.payer.Binding.HostRule;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A buyer's policy in the words of the loaded plugins.
 *
 * <p>The order of a challenge has no influence on the choice. Immutable, safe for threads.
 */
public final class BoundPolicy implements OfferPolicy {
    private final BuyerPolicy policy;
    private final Plugins plugins;
    private final List<Condition> conditions;
    private final List<HostRule> hosts;
    private final List<Criterion> criteria;

    BoundPolicy(
            BuyerPolicy policy,
            Plugins plugins,
            List<Condition> conditions,
            List<HostRule> hosts,
            List<Criterion> criteria) {
        this.policy = policy;
        this.plugins = plugins;
        this.conditions = List.copyOf(conditions);
        this.hosts = List.copyOf(hosts);
        this.criteria = List.copyOf(criteria);
    }

    /** The lines that were bound. */
    public BuyerPolicy policy() {
        return policy;
    }

    @Override
    public Choice choose(String url, PaymentRequired challenge, List<Candidate> payable) {
        Ranking ranking = new Ranking(conditions, criteria, hostRefusal(url), payable);
        return new Choice(ranking.preferred(), ranking::why);
    }

    /** The line that refuses the host; empty when none does. */
    private Optional<String> hostRefusal(String url) {
        if (hosts.isEmpty()) {
            return Optional.empty();
        }
        Optional<HostPattern> host = HostPattern.ofUrl(url);
        for (HostRule rule : hosts) {
            if (host.isEmpty() || !rule.allows(host.get())) {
                return Optional.of(rule.refusal(host));
            }
        }
        return Optional.empty();
    }

    /**
     * What this policy says of every offer, payable or not.
     *
     * @param url that was asked for
     */
    public Explanation explain(String url, PaymentRequired challenge) {
        requireNonNull(url, "url");
        List<Candidate> candidates = new ArrayList<>();
        for (PaymentRequirements offer : challenge.accepts()) {
            candidates.add(Candidate.of(offer, plugins));
        }
        Choice choice = choose(url, challenge, candidates);
        Findings findings = new Findings(challenge.accepts());
        for (int i = 0; i < candidates.size(); i++) {
            findings.isPayable(i, candidates.get(i));
        }
        findings.judge(choice);
        findings.chooseFirst(choice);
        return new Explanation(findings.verdicts());
    }

    /** The canonical lines. */
    @Override
    public String toString() {
        return policy.toString();
    }
}
