package com.acme.x402;

import dev.x402.spec.Network;
import dev.x402.spi.SchemeContext;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The ports of the application, or those that the file {@code -Dacme.properties=…} describes.
 *
 * <p>The file makes the plugin usable in an application that was built without it. Its members are {@code wallet} (the
 * payer's), {@code facilitator.wallet}, {@code node} (an address) and {@code network}.
 */
final class Ports {
    private static final String FILE = "acme.properties";

    private Ports() {}

    static Optional<AcmeWallet> wallet(SchemeContext context) {
        return context.port(AcmeWallet.class)
                .or(() -> member(file(), "wallet").map(LocalAcmeWallet::parse));
    }

    static Optional<AcmeFacilitatorConfig> facilitator(SchemeContext context) {
        return context.port(AcmeFacilitatorConfig.class).or(() -> configured(context, file()));
    }

    private static Optional<AcmeFacilitatorConfig> configured(SchemeContext context, Properties file) {
        Optional<String> wallet = member(file, "facilitator.wallet");
        Optional<String> network = member(file, "network");
        Optional<String> node = member(file, "node");
        if (wallet.isEmpty() || network.isEmpty() || node.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AcmeFacilitatorConfig(
                LocalAcmeWallet.parse(wallet.get()),
                List.of(new HttpAcmeNode(Network.parse(network.get()), URI.create(node.get()), context.clock()))));
    }

    private static Optional<String> member(Properties file, String name) {
        return Optional.ofNullable(file.getProperty(name));
    }

    private static Properties file() {
        Properties read = new Properties();
        String path = System.getProperty(FILE);
        if (path != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
                read.load(reader);
            } catch (IOException e) {
                throw new IllegalArgumentException(FILE + ": expected a readable file, saw " + path, e);
            }
        }
        return read;
    }
}
