package dev.x402.tck;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * What the kit hands to an extension.
 *
 * @param env clock and randomness
 * @param fixture of the extension
 * @param store the one port of the kit's
 * @param open whether there are ports at all
 */
record ExtensionPorts(TckEnvironment env, ExtensionFixture fixture, KitStore store, boolean open)
        implements PaymentExtension.Context {
    @Override
    public Clock clock() {
        return env.clock();
    }

    @Override
    public SecureRandom random() {
        return env.random();
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        if (!open) {
            return Optional.empty();
        }
        return type == PaymentExtension.Store.class ? Optional.of(type.cast(store)) : fixture.port(type);
    }

    @Override
    public Optional<String> canonicalAccount(Network network, String account) {
        return fixture.rails().stream()
                .flatMap(rail -> rail.canonicalAccount(network, account).stream())
                .findFirst();
    }

    @Override
    public Optional<PaymentScheme.Accounts> accounts(Network network) {
        return fixture.accounts(network);
    }
}
