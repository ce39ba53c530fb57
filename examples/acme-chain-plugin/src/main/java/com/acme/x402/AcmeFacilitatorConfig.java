package com.acme.x402;

import java.util.List;

/**
 * A port: where a facilitator settles, and by which account.
 *
 * @param wallet that sends the transactions
 * @param nodes one for each network that is switched on
 */
public record AcmeFacilitatorConfig(AcmeWallet wallet, List<AcmeNode> nodes) {
    /** Keeps a copy of the list. */
    public AcmeFacilitatorConfig {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty() || nodes.stream().map(AcmeNode::network).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException("nodes: expected one or more, each for another network");
        }
    }

    /** The account without more. */
    @Override
    public String toString() {
        return "AcmeFacilitatorConfig[" + wallet.account() + "]";
    }
}
