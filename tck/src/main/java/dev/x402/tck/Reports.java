package dev.x402.tck;

import dev.x402.spec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the report of a class, for machines and for people. */
final class Reports {
    private Reports() {}

    static void write(RunLog log) {
        Path folder = log.settings().report().resolve(log.testClass().getSimpleName());
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("report.json"), Codec.JSON.write(log.json()));
            Files.writeString(folder.resolve("report.html"), ReportPage.of(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to " + folder, e);
        }
    }
}
