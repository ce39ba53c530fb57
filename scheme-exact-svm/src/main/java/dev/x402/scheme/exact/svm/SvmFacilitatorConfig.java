package dev.x402.scheme.exact.svm;

import dev.x402.spec.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A port: the networks on which a facilitator settles.
 *
 * @param policies one a network
 */
public record SvmFacilitatorConfig(List<SvmSettlementPolicy> policies) {
    public SvmFacilitatorConfig {
        policies = List.copyOf(policies);
        if (policies.isEmpty()
                || policies.stream()
                                .map(SvmSettlementPolicy::network)
                                .distinct()
                                .count()
                        < policies.size()) {
            throw new IllegalArgumentException("policies: expected one or more, each for another network");
        }
    }

    /** A configuration of these policies. */
    public static SvmFacilitatorConfig of(SvmSettlementPolicy... policies) {
        return new SvmFacilitatorConfig(Arrays.asList(policies));
    }

    /** The policy of a network that is switched on. */
    public Optional<SvmSettlementPolicy> policy(Network network) {
        return policies.stream()
                .filter(policy -> policy.network().equals(network))
                .findFirst();
    }
}
