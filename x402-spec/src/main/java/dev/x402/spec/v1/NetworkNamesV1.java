package dev.x402.spec.v1;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.x402.spec.Network;
import java.util.Map;
import java.util.Optional;

/** The names that version 1 gives to networks, and their CAIP-2 identifiers. */
public final class NetworkNamesV1 {
    private static final Map<String, Network> NETWORKS = Map.ofEntries(
            evm("ethereum", 1),
            evm("sepolia", 11155111),
            evm("abstract", 2741),
            evm("abstract-testnet", 11124),
            evm("base", 8453),
            evm("base-sepolia", 84532),
            evm("avalanche", 43114),
            evm("avalanche-fuji", 43113),
            evm("iotex", 4689),
            evm("sei", 1329),
            evm("sei-testnet", 1328),
            evm("polygon", 137),
            evm("polygon-amoy", 80002),
            evm("peaq", 3338),
            evm("story", 1514),
            evm("educhain", 41923),
            evm("skale-base-sepolia", 324705682),
            evm("megaeth", 4326),
            evm("monad", 143),
            evm("stable", 988),
            evm("stable-testnet", 2201),
            evm("celo", 42220),
            evm("flare", 14),
            entry("solana", new Network("solana", "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp")),
            entry("solana-devnet", new Network("solana", "EtWTRABZaYq6iMfeYKouRu166VU2xqa1")),
            entry("solana-testnet", new Network("solana", "4uhcVJyU9pJkvQyS88uRDiswHXSCkY3z")));

    private static final Map<Network, String> NAMES =
            NETWORKS.entrySet().stream().collect(toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private NetworkNamesV1() {}

    /** The network of this name, when version 1 knows it. */
    public static Optional<Network> network(String name) {
        return Optional.ofNullable(NETWORKS.get(requireNonNull(name, "name")));
    }

    /** The name of this network, when version 1 has one. */
    public static Optional<String> name(Network network) {
        return Optional.ofNullable(NAMES.get(requireNonNull(network, "network")));
    }

    private static Map.Entry<String, Network> evm(String name, int chainId) {
        return entry(name, new Network("eip155", Integer.toString(chainId)));
    }
}
