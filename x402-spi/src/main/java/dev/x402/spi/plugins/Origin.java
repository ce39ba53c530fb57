package dev.x402.spi.plugins;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Where a class comes from; reading it runs no code of the class. */
record Origin(String type, String version, String location) {
    static Origin of(Class<?> type) {
        String location = location(type);
        return new Origin(type.getName(), version(type, location), location);
    }

    static Origin of(Object plugin) {
        return of(plugin.getClass());
    }

    private static String version(Class<?> type, String location) {
        Optional<String> manifest = isJarFile(location)
                ? manifestVersion(location)
                : Optional.ofNullable(type.getPackage()).map(Package::getImplementationVersion);
        return manifest.or(() ->
                        Optional.ofNullable(type.getModule().getDescriptor()).flatMap(ModuleDescriptor::rawVersion))
                .orElse("");
    }

    /** What the manifest of a jar file says; a package's version would be that of the first jar with the package. */
    static Optional<String> manifestVersion(String location) {
        if (!isJarFile(location)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(Path.of(URI.create(location)).toFile())) {
            return Optional.ofNullable(jar.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isJarFile(String location) {
        return location.startsWith("file:") && location.endsWith(".jar");
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
