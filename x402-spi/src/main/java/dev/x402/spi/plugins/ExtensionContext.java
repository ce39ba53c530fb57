package dev.x402.spi.plugins;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What one side of one extension gets. */
record ExtensionContext(Context common, Accounts accounts) implements PaymentExtension.Context {
    @Override
    public Clock clock() {
        return common.clock();
    }

    @Override
    public SecureRandom random() {
        return common.random();
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        return common.asset(id);
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return common.port(type);
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return accounts.canonical(network, account);
    }

    @Override
    public Optional<PaymentScheme.Accounts> accounts(Network network) {
        return accounts.of(network);
    }
}
