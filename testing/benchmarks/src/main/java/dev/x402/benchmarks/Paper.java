package dev.x402.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A section of the figures' paper that holds a table.
 *
 * @param section its heading
 * @param words what stands before the table
 * @param head of the table; the first cell of a row is its name
 */
record Paper(String section, String words, List<String> head) {
    static final Paper LOOPS = new Paper(
            "## testing/benchmarks",
            """
            The median of five forks, each warmed up; CPU is that of the measured threads, so that a busy machine counts little. Each
            figure stands beside a baseline of the same run. `mvn -q -pl testing/benchmarks -am -Pbenchmark verify
            -Dfigures.write=docs/figures.md`""",
            List.of(
                    "microseconds an operation",
                    "CPU",
                    "wall",
                    "baseline",
                    "its CPU",
                    "its wall",
                    "CPU at most",
                    "measured"));
    static final Paper LOAD = new Paper(
            "## testing/benchmarks: facilitators under load",
            """
            The median of five rounds; in each, one after the other and on one chain: ours, the reference SDK's 2.27.0 (Node's HTTP
            server, viem with its nonce manager), and the node with nothing before it. Processes of their own beside the load's on
            the same cores, closed loop, distinct payments of twenty payers signed before, no failure, the payee's balance right
            after each. Ours and the empty server have `-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1` and an archive of ours'
            classes. In brackets: how ours stands to it. `mvn -q -pl testing/benchmarks -am -Pbenchmark verify
            -Dbenchmark.only=FacilitatorLoad -Dfigures.write=docs/figures.md`""",
            List.of("under load", "ours", "the reference", "the node, or what is named", "asked", "measured"));

    /** The paper with these rows; other rows of the table stay. */
    String with(String paper, List<List<String>> rows) {
        int begin = paper.indexOf(section + "\n");
        String before = begin < 0 ? paper.stripTrailing() + "\n\n" : paper.substring(0, begin);
        int next = begin < 0 ? -1 : paper.indexOf("\n## ", begin + section.length());
        String old = begin < 0 ? "" : paper.substring(begin, next < 0 ? paper.length() : next);
        String after = next < 0 ? "" : paper.substring(next);
        List<List<String>> all = new ArrayList<>(old.lines()
                .filter(line ->
                        line.startsWith("| ") && !line.startsWith("| " + head.get(0)) && !line.startsWith("| ---"))
                .map(line ->
                        List.of(line.substring(2, line.length() - 1).strip().split(" *\\| ?", -1)))
                .filter(earlier -> rows.stream().noneMatch(row -> row.get(0).equals(earlier.get(0))))
                .toList());
        all.addAll(rows);
        all.sort((one, other) -> one.get(0).compareTo(other.get(0)));
        return before + section + "\n\n" + words + "\n\n" + table(all) + after;
    }

    /** A table in Markdown. */
    String table(List<List<String>> rows) {
        return line(head)
                + line(head.stream().map(cell -> "---").toList())
                + rows.stream().map(Paper::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
