package dev.x402.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The committed inputs, a directory for each target. */
final class Corpus {
    private static final Path ROOT = Path.of("src/test/resources/corpus");

    private Corpus() {}

    static Path directory(Class<?> target) {
        return ROOT.resolve(target.getSimpleName());
    }

    static List<Path> of(Class<?> target) {
        return list(directory(target));
    }

    static List<String> names() {
        return list(ROOT).stream()
                .map(directory -> directory.getFileName().toString())
                .toList();
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
