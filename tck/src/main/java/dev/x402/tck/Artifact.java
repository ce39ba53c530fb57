package dev.x402.tck;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The jar or folder that a plugin is shipped in.
 *
 * @param location a jar, or a folder of classes
 * @param loader that loads its classes
 */
public record Artifact(Path location, ClassLoader loader) {
    /** The longest file that is read. */
    private static final int LONGEST = 16 * 1024 * 1024;

    public Artifact {
        requireNonNull(location, "location");
        requireNonNull(loader, "loader");
    }

    /**
     * The jar or folder that this class comes from.
     *
     * @throws IllegalArgumentException when it comes from neither
     */
    public static Artifact of(Class<?> type) {
        Path location = Subject.location(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        type.getName() + ": expected a class out of a jar or folder, saw one of unknown origin"));
        return new Artifact(location, type.getClassLoader());
    }

    boolean isJar() {
        return Files.isRegularFile(location);
    }

    /** What is in it, by names such as {@code META-INF/MANIFEST.MF}. */
    SortedMap<String, byte[]> files() {
        try {
            if (!isJar()) {
                return read(location);
            }
            try (FileSystem jar = FileSystems.newFileSystem(location, (ClassLoader) null)) {
                return read(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + location.getFileName(), e);
        }
    }

    private static SortedMap<String, byte[]> read(Path root) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.size(file) <= LONGEST ? Files.readAllBytes(file) : new byte[0]);
            }
        }
        return files;
    }
}
