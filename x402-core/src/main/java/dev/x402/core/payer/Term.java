package dev.x402.core.payer;

import dev.x402.core.Flow;
import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.plugins.Plugins;
import java.util.Map;
import java.util.Set;

/** What a word of a policy means in the world of the loaded plugins. */
sealed interface Term {
    /** Whether the offer is certainly meant. */
    boolean matches(Candidate candidate);

    /** Whether the offer is certainly not meant. */
    default boolean excludes(Candidate candidate) {
        return !matches(candidate);
    }

    Subject subject();

    /** Every mainnet, or every testnet; a network that no rail knows is neither. */
    record Worth(boolean testnet) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return candidate.network().isPresent() && candidate.network().get().testnet() == testnet;
        }

        @Override
        public boolean excludes(Candidate candidate) {
            return candidate.network().isPresent() && candidate.network().get().testnet() != testnet;
        }

        @Override
        public Subject subject() {
            return Subject.NETWORK;
        }
    }

    /** A family of networks. */
    record Family(NetworkPattern pattern) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return pattern.matches(candidate.offer().network());
        }

        @Override
        public Subject subject() {
            return Subject.NETWORK;
        }
    }

    /** The networks of one name. */
    record Named(Set<Network> networks) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return networks.contains(candidate.offer().network());
        }

        @Override
        public Subject subject() {
            return Subject.NETWORK;
        }
    }

    /** The known assets with one of these symbols. */
    record Symbols(Set<String> symbols) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return candidate.asset().isPresent()
                    && symbols.contains(candidate.asset().get().symbol());
        }

        @Override
        public Subject subject() {
            return Subject.ASSET;
        }
    }

    /** One asset. */
    record One(AssetId asset) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return asset.equals(candidate.assetId());
        }

        @Override
        public Subject subject() {
            return Subject.ASSET;
        }
    }

    /** The known assets that stand for a currency. */
    record Currency(String code) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return candidate.asset().isPresent()
                    && code.equals(candidate.asset().get().currency());
        }

        @Override
        public Subject subject() {
            return Subject.ASSET;
        }
    }

    /** A scheme. */
    record Scheme(String name) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return name.equals(candidate.offer().scheme());
        }

        @Override
        public Subject subject() {
            return Subject.SCHEME;
        }
    }

    /** A flow; an offer whose flow nobody knows is neither meant nor excluded. */
    record InFlow(Flow flow) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return Flow.of(candidate.offer()).filter(flow::equals).isPresent();
        }

        @Override
        public boolean excludes(Candidate candidate) {
            return Flow.of(candidate.offer())
                    .filter(other -> !other.equals(flow))
                    .isPresent();
        }

        @Override
        public Subject subject() {
            return Subject.FLOW;
        }
    }

    /** An account, in the one spelling of each network that has it. */
    record Payee(Map<Network, String> accounts, Plugins plugins) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            Network network = candidate.offer().network();
            String account = accounts.get(network);
            String payTo = candidate.offer().payTo();
            return account != null
                    && (account.equals(payTo)
                            || plugins.canonicalAccount(network, payTo)
                                    .filter(account::equals)
                                    .isPresent());
        }

        @Override
        public Subject subject() {
            return Subject.PAYEE;
        }
    }

    /** An account on networks that no rail knows, in exactly this spelling. */
    record ForeignPayee(String account) implements Term {
        @Override
        public boolean matches(Candidate candidate) {
            return candidate.network().isEmpty()
                    && account.equals(candidate.offer().payTo());
        }

        @Override
        public Subject subject() {
            return Subject.PAYEE;
        }
    }
}
