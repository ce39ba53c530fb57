package dev.x402.siwx;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme.Accounts;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the registry hands to the extension, with make-believe accounts on two families of networks. */
final class World implements PaymentExtension.Context {
    static final Network BASE = Network.parse("eip155:8453");
    static final Network MAINNET = Network.parse("eip155:1");
    static final Network SOLANA = Network.parse("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
    static final Network ACH = Network.parse("ach:us");

    final TestClock clock = new TestClock();
    final Keys ethereum = new Keys("Ethereum", "eip191", clock);
    final Keys solana = new Keys("Solana", "ed25519", clock);
    private final SecureRandom random = new SecureRandom();
    private final Map<Class<?>, Object> ports = new HashMap<>();

    <T> World port(Class<T> type, T value) {
        ports.put(type, value);
        return this;
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        boolean ofChains = network.namespace().equals("eip155");
        if (ofChains && !account.matches("0[xX][A-Za-z0-9]+")) {
            return Optional.empty();
        }
        return Optional.of(ofChains ? "0x" + account.substring(2).toUpperCase(java.util.Locale.ROOT) : account);
    }

    @Override
    public Optional<Accounts> accounts(Network network) {
        return switch (network.namespace()) {
            case "eip155" -> Optional.of(ethereum);
            case "solana" -> Optional.of(solana);
            default -> Optional.empty();
        };
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return Optional.ofNullable(ports.get(type)).map(type::cast);
    }
}
