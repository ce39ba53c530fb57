package dev.x402.spi.plugins;

import java.lang.module.ModuleDescriptor;
import java.security.CodeSource;
import java.util.Optional;

/** Where a class comes from; reading it runs no code of the class. */
record Origin(String type, String version, String location) {
    static Origin of(Class<?> type) {
        return new Origin(type.getName(), version(type), location(type));
    }

    static Origin of(Object plugin) {
        return of(plugin.getClass());
    }

    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage())
                .map(Package::getImplementationVersion)
                .or(() -> Optional.ofNullable(type.getModule().getDescriptor()).flatMap(ModuleDescriptor::rawVersion))
                .orElse("");
    }

    private static String location(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(Object::toString)
                .orElse("");
    }

    /** Such as {@code com.acme.Scheme 1.2.0 (file:/…/scheme.jar)}. */
    @Override
    public String toString() {
        return type + (version.isEmpty() ? "" : " " + version) + (location.isEmpty() ? "" : " (" + location + ")");
    }
}
