package dev.x402.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The section of the figures' paper that holds the table. */
final class Paper {
    static final List<String> HEAD = List.of(
            "microseconds an operation", "CPU", "wall", "baseline", "its CPU", "its wall", "CPU at most", "measured");
    private static final String SECTION = "## testing/benchmarks";
    private static final String WORDS = """
            The median of five forks, each warmed up; CPU is that of the measured threads, so that a busy machine counts little. Each
            figure stands beside a baseline of the same run. `mvn -q -pl testing/benchmarks -am -Pbenchmark verify
            -Dfigures.write=docs/figures.md`""";

    private Paper() {}

    /** The paper with these rows; other rows of the table stay. */
    static String with(String paper, List<List<String>> rows) {
        int begin = paper.indexOf(SECTION + "\n");
        String before = begin < 0 ? paper.stripTrailing() + "\n\n" : paper.substring(0, begin);
        int next = begin < 0 ? -1 : paper.indexOf("\n## ", begin + SECTION.length());
        String section = begin < 0 ? "" : paper.substring(begin, next < 0 ? paper.length() : next);
        String after = next < 0 ? "" : paper.substring(next);
        List<List<String>> all = new ArrayList<>(section.lines()
                .filter(line ->
                        line.startsWith("| ") && !line.startsWith("| " + HEAD.get(0)) && !line.startsWith("| ---"))
                .map(line ->
                        List.of(line.substring(2, line.length() - 1).strip().split(" *\\| ?", -1)))
                .filter(old -> rows.stream().noneMatch(row -> row.get(0).equals(old.get(0))))
                .toList());
        all.addAll(rows);
        all.sort((one, other) -> one.get(0).compareTo(other.get(0)));
        return before + SECTION + "\n\n" + WORDS + "\n\n" + table(all) + after;
    }

    /** A table in Markdown. */
    static String table(List<List<String>> rows) {
        return line(HEAD)
                + line(HEAD.stream().map(cell -> "---").toList())
                + rows.stream().map(Paper::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
