package dev.x402.spi.plugins;

import java.util.Map;
import java.util.Optional;

/** What the application gave, by exact type. */
record Ports(Map<Class<?>, Object> byType) {
    Ports {
        byType = Map.copyOf(byType);
    }

    <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(byType.get(type)).map(type::cast);
    }

    /** How to give a port that is missing. */
    String advice(Class<?> missing) {
        String call = "Plugins.builder().port(" + missing.getSimpleName() + ".class, …)";
        return byType.entrySet().stream()
                .filter(given -> missing.isInstance(given.getValue()))
                .map(given -> given.getKey().getName())
                .sorted()
                .findFirst()
                .map(given -> missing.getName() + ": the port given as " + given + " is one, give it by " + call)
                .orElse(missing.getName() + ": give it by " + call);
    }
}
