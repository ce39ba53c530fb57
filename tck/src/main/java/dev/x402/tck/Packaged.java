package dev.x402.tck;

import dev.x402.spi.AssetSource;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Manifest;

/** A plugin's jar or folder, read once. */
final class Packaged {
    static final List<Class<?>> SERVICES =
            List.of(PaymentScheme.class, Rail.class, AssetSource.class, PaymentExtension.class);
    private static final String FOLDER = "META-INF/services/";

    private final Artifact artifact;
    private final SortedMap<String, byte[]> files;

    Packaged(Artifact artifact) {
        this.artifact = artifact;
        this.files = artifact.files();
    }

    /**
     * A line of a service file.
     *
     * @param service that the file is named after
     * @param type as it stands there
     */
    record Line(Class<?> service, String type) {
        @Override
        public String toString() {
            return type + " in " + FOLDER + service.getName();
        }
    }

    boolean isJar() {
        return artifact.isJar();
    }

    boolean has(String file) {
        return files.containsKey(file);
    }

    List<String> names() {
        return List.copyOf(files.keySet());
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Class<?> service : SERVICES) {
            byte[] file = files.get(FOLDER + service.getName());
            if (file != null) {
                new String(file, StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> lines.add(new Line(service, line)));
            }
        }
        return lines;
    }

    /** Class files by the name of the class; multi-release variants and module descriptors left out. */
    Map<String, ClassFile> classes() {
        Map<String, ClassFile> classes = new TreeMap<>();
        files.forEach((name, bytes) -> {
            if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                ClassFile.read(bytes)
                        .ifPresent(file -> classes.put(
                                name.substring(0, name.length() - ".class".length())
                                        .replace('/', '.'),
                                file));
            }
        });
        return classes;
    }

    /** Loads a class of the line; empty when it is not there. */
    Optional<Class<?>> load(Line line) {
        try {
            return Optional.of(Class.forName(line.type(), false, artifact.loader()));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }

    /** New plugins of this service, those that can be made. */
    <T> List<T> plugins(Class<T> service) {
        List<T> plugins = new ArrayList<>();
        for (Line line : lines()) {
            if (line.service() == service) {
                load(line)
                        .flatMap(Packaged::construct)
                        .filter(service::isInstance)
                        .map(service::cast)
                        .ifPresent(plugins::add);
            }
        }
        return plugins;
    }

    private static Optional<Object> construct(Class<?> type) {
        try {
            return Optional.of(type.getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError broken) {
            return Optional.empty();
        }
    }

    Optional<String> manifest(String attribute) {
        byte[] file = files.get("META-INF/MANIFEST.MF");
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Manifest(new ByteArrayInputStream(file))
                    .getMainAttributes()
                    .getValue(attribute));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }
}
