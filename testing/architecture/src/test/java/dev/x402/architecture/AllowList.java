package dev.x402.architecture;

import java.nio.file.Path;
import java.util.List;

/** Exceptions to the rules; each has its reason. */
record AllowList(List<Entry> entries) {
    /**
     * One line of the list.
     *
     * @param subject a whole name, or a prefix of names when it ends in {@code *}
     */
    record Entry(String rule, String subject, String reason) {
        boolean covers(String name) {
            return subject.endsWith("*")
                    ? name.startsWith(subject.substring(0, subject.length() - 1))
                    : name.equals(subject);
        }
    }

    static AllowList read() {
        return parse(Repository.read(Path.of("src/test/resources/allowed.txt")));
    }

    static AllowList parse(String text) {
        return new AllowList(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(AllowList::entry)
                .toList());
    }

    private static Entry entry(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 3 || parts[2].strip().length() < 20) {
            throw new IllegalArgumentException(
                    "allowed.txt: '" + line + "' must read: rule | subject | reason of at least 20 letters");
        }
        return new Entry(parts[0].strip(), parts[1].strip(), parts[2].strip());
    }

    boolean allows(String rule, String subject) {
        return entries.stream().anyMatch(e -> e.rule().equals(rule) && e.covers(subject));
    }

    List<String> unused(String rule, List<String> subjects) {
        return entries.stream()
                .filter(e -> e.rule().equals(rule))
                .map(Entry::subject)
                .filter(s -> subjects.stream().noneMatch(new Entry(rule, s, "")::covers))
                .toList();
    }
}
