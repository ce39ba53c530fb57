package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each bad input that was asked for has its row in docs/hardening.md, and each test named there exists. */
final class HardeningTest {
    private static final Pattern ROW = Pattern.compile("^\\|\\s*([A-Z]+\\d+[bt]?)\\s*\\|(.*)\\|(.*)\\|\\s*$");
    private static final Pattern NAMED = Pattern.compile("`([\\w.]+)#(\\w+)`");

    private final Repository repository = Repository.open();

    @Test
    void every_id_has_its_row_and_every_test_named_exists() {
        Report report = new Report("hardening");
        String paper = Repository.read(repository.root().resolve("docs/hardening.md"));
        List<String> problems = problems(paper, asked(), this::exists, report);
        problems.forEach(p -> report.found("docs/hardening.md", p));
        report.passes(asked().size(), "rows");
    }

    @Test
    void missing_rows_empty_reasons_and_tests_that_are_not_there_are_found() {
        Report report = new Report("planted");
        String paper = "| id | safe behaviour | shown by |\n| A1 | refused | `a.B#c` |\n| A2 | refused | `a.B#gone` |\n"
                + "| A3 | refused | no |\n| A5 |  | `a.B#c` |\n| A9 | refused | `a.B#c` |\n";
        assertEquals(
                List.of(
                        "A2 names a.B#gone, which is no test",
                        "A3 names no test and gives no reason",
                        "A5 does not say what is safe",
                        "A9 was not asked for: add it to asked-rows.txt",
                        "A4 has no row"),
                problems(paper, List.of("A1", "A2", "A3", "A4", "A5"), "a.B#c"::equals, report));
    }

    private static List<String> problems(String paper, List<String> asked, Predicate<String> exists, Report report) {
        List<String> problems = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        paper.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                return;
            }
            report.looked();
            String id = row.group(1);
            seen.add(id);
            if (!asked.contains(id)) {
                problems.add(id + " was not asked for: add it to asked-rows.txt");
            }
            if (row.group(2).isBlank()) {
                problems.add(id + " does not say what is safe");
            }
            Matcher named = NAMED.matcher(row.group(3));
            boolean any = false;
            while (named.find()) {
                any = true;
                String test = named.group(1) + "#" + named.group(2);
                if (!exists.test(test)) {
                    problems.add(id + " names " + test + ", which is no test");
                }
            }
            if (!any && row.group(3).strip().length() < 15) {
                problems.add(id + " names no test and gives no reason");
            }
        });
        asked.stream().filter(id -> !seen.contains(id)).forEach(id -> problems.add(id + " has no row"));
        return problems;
    }

    private boolean exists(String test) {
        String[] parts = test.split("#");
        String file = parts[0].replace('.', '/') + ".java";
        return repository.modules().stream()
                .map(m -> m.testSources().resolve(file))
                .filter(Files::exists)
                .anyMatch(f -> isTest(Repository.read(f), parts[1]));
    }

    /** A test's annotation stands in the same paragraph as its signature. */
    private static boolean isTest(String source, String method) {
        Matcher signature = Pattern.compile("\\bvoid " + method + "\\s*\\(").matcher(source);
        if (!signature.find()) {
            return false;
        }
        String before = source.substring(0, signature.start());
        String paragraph = before.substring(Math.max(0, before.lastIndexOf("\n    }\n")));
        return Pattern.compile("@(Test|ParameterizedTest|TestFactory|RepeatedTest)\\b")
                .matcher(paragraph)
                .find();
    }

    private static List<String> asked() {
        return Repository.read(Path.of("src/test/resources/asked-rows.txt"))
                .lines()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .map(String::strip)
                .toList();
    }
}
