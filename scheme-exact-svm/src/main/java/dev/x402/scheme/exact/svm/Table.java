package dev.x402.scheme.exact.svm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A resource of comma-separated rows under one line of names. */
final class Table {
    private Table() {}

    static List<List<String>> read(String name, int columns) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": expected beside the classes, saw nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> row(name, line, columns))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> row(String name, String line, int columns) {
        List<String> row = List.of(line.split(",", -1));
        if (row.size() != columns) {
            throw new IllegalStateException(name + ": expected " + columns + " columns, saw " + line);
        }
        return row;
    }
}
