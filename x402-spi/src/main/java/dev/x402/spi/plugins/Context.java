package dev.x402.spi.plugins;

import dev.x402.spec.AssetId;
import dev.x402.spi.Asset;
import dev.x402.spi.SchemeContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one side of one plugin gets; remembers the ports that it missed. */
final class Context implements SchemeContext {
    private final Clock clock;
    private final SecureRandom random;
    private final Ports ports;
    private final Assets assets;
    private final Set<Class<?>> missing = ConcurrentHashMap.newKeySet();

    Context(Clock clock, SecureRandom random, Ports ports, Assets assets) {
        this.clock = clock;
        this.random = random;
        this.ports = ports;
        this.assets = assets;
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
        return assets.find(id);
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        Optional<T> port = ports.find(type);
        if (port.isEmpty()) {
            missing.add(type);
        }
        return port;
    }

    List<Class<?>> missing() {
        return missing.stream().sorted(Comparator.comparing(Class::getName)).toList();
    }

    List<String> advice() {
        return missing().stream().map(ports::advice).toList();
    }
}
