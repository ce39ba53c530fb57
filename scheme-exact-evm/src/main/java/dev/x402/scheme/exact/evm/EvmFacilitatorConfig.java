package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A port: the networks on which a facilitator settles.
 *
 * @param policies one a network
 */
public record EvmFacilitatorConfig(List<EvmSettlementPolicy> policies) {
    public EvmFacilitatorConfig {
        policies = List.copyOf(policies);
        if (policies.isEmpty()
                || policies.stream()
                                .map(EvmSettlementPolicy::network)
                                .distinct()
                                .count()
                        < policies.size()) {
            throw new IllegalArgumentException("policies: expected one or more, each for another network");
        }
    }

    /** A configuration of these policies. */
    public static EvmFacilitatorConfig of(EvmSettlementPolicy... policies) {
        return new EvmFacilitatorConfig(Arrays.asList(policies));
    }

    /** The policy of a network that is switched on. */
    public Optional<EvmSettlementPolicy> policy(Network network) {
        return policies.stream()
                .filter(policy -> policy.network().equals(network))
                .findFirst();
    }
}
