package dev.x402.architecture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code in the papers, which is a marked region of a source file.
 *
 * <p>In the paper stands {@code <!-- snippet: path#name -->} above a fenced block; in the file, the lines between a
 * comment {@code snippet: name} and a comment {@code end: name}.
 */
final class Snippets {
    private static final Pattern MARK = Pattern.compile("^<!-- snippet: ([^#\\s]+)#(\\S+) -->$");

    private Snippets() {}

    /** A paper with its blocks as the sources have them now. */
    record Paper(String text, List<String> problems, int blocks) {}

    static Paper renewed(Path root, String name, String text) {
        List<String> lines = text.lines().toList();
        List<String> out = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int blocks = 0;
        Optional<Matcher> mark = Optional.empty();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            out.add(line);
            if (!line.startsWith("```")) {
                Matcher matcher = MARK.matcher(line);
                mark = matcher.matches() ? Optional.of(matcher) : mark.filter(m -> line.isBlank());
                continue;
            }
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).startsWith("```")) {
                end++;
            }
            if (end == lines.size()) {
                problems.add(name + ":" + (i + 1) + " opens a block that does not end");
                break;
            }
            List<String> block = lines.subList(i + 1, end);
            if (mark.isPresent()) {
                blocks++;
                Path file = root.resolve(mark.get().group(1));
                Optional<List<String>> region = region(file, mark.get().group(2));
                if (region.isEmpty()) {
                    problems.add(name + ":" + i + " shows " + mark.get().group(1) + "#"
                            + mark.get().group(2) + ", which is not there");
                }
                if (!mark.get().group(1).matches(".*src/test/.*|examples/.*|testing/.*")) {
                    problems.add(name + ":" + i + " shows code that no test runs: "
                            + mark.get().group(1));
                }
                out.addAll(region.orElse(block));
            } else {
                if (line.startsWith("```java")) {
                    problems.add(name + ":" + (i + 1) + " has Java without a '<!-- snippet: path#name -->' above it");
                }
                out.addAll(block);
            }
            out.add(lines.get(end));
            i = end;
            mark = Optional.empty();
        }
        return new Paper(String.join("\n", out) + "\n", problems, blocks);
    }

    /** The lines between the marks, without the indentation that they share. */
    static Optional<List<String>> region(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Repository.read(file).lines().toList();
        int from = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.matches("(//|#|<!--) snippet: " + Pattern.quote(name) + "( -->)?")) {
                from = i + 1;
            } else if (from >= 0 && line.matches("(//|#|<!--) end: " + Pattern.quote(name) + "( -->)?")) {
                return Optional.of(String.join("\n", lines.subList(from, i))
                        .stripIndent()
                        .lines()
                        .map(String::stripTrailing)
                        .toList());
            }
        }
        return Optional.empty();
    }
}
