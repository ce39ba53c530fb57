package dev.x402.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TreeReaderTest {
    private final List<Problem> problems = new ArrayList<>();

    @Test
    void every_scalar_is_a_text_with_its_place() {
        Tree.Mapping root = (Tree.Mapping) read("a: 0.10\nb:\n  - yes\n  - 'null'\n");
        Tree.Text a = (Tree.Text) root.entries().get(0).value();
        assertEquals("0.10", a.value());
        assertEquals(new Place(1, 4), a.at());
        Tree.Items b = (Tree.Items) root.entries().get(1).value();
        assertEquals("yes", ((Tree.Text) b.items().get(0)).value());
        assertEquals(false, ((Tree.Text) b.items().get(1)).isNothing());
        assertEquals(List.of(), problems);
    }

    @Test
    void a_key_that_stands_twice_is_a_problem_and_the_rest_is_read() {
        Tree.Mapping root = (Tree.Mapping) read("a: 1\nb: 2\na: 3\nc: 4\n");
        assertEquals(3, root.entries().size());
        assertEquals(
                List.of("line 3, column 1: key \"a\" stands here twice; remove one"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void a_key_that_is_no_text_is_a_problem() {
        read("[a, b]: 1\n? {c: d}\n: 2\n~: 3\n");
        assertEquals(
                List.of(
                        "line 1, column 1: key: expected a text, saw a list",
                        "line 2, column 3: key: expected a text, saw keys and values",
                        "line 4, column 1: key: expected a text, saw nothing"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void a_tag_is_a_problem() {
        read("a: !!javax.script.ScriptEngineManager [x]\nb: !!int 1\n");
        assertEquals(
                List.of(
                        "line 1, column 4: tag: expected none, saw a text of 50 characters; remove it",
                        "line 2, column 4: tag: expected none, saw \"tag:yaml.org,2002:int\"; remove it"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void an_alias_repeats_what_its_anchor_names() {
        Tree.Mapping root = (Tree.Mapping) read("a: &ways [x, y]\nb: *ways\n");
        assertEquals(root.entries().get(0).value(), root.entries().get(1).value());
    }

    @Test
    void an_alias_into_itself_is_refused() {
        assertEquals(
                "line 1, column 8: alias *a: expected an anchor that is complete before it, saw none",
                refused("a: &a [*a]\n"));
    }

    @Test
    void a_billion_laughs_are_refused_before_they_are_laughed() {
        StringBuilder laughs = new StringBuilder("a: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("b").append(i).append(": &a").append(i).append(" [");
            laughs.append(String.join(", ", Collections.nCopies(9, "*a" + (i - 1))));
            laughs.append("]\n");
        }
        assertTrue(refused(laughs.toString())
                .endsWith("file: expected at most 20000 values with what aliases repeat, saw more"));
    }

    @Test
    void aliases_do_not_get_around_the_levels() {
        StringBuilder tower = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            tower.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        assertTrue(refused(tower.toString()).endsWith("file: expected at most 24 levels, saw more; make it flatter"));
    }

    @Test
    void a_second_document_is_refused() {
        assertEquals("line 2, column 1: file: expected one document, saw a second; remove ---", refused("a: 1\n---\n"));
    }

    @Test
    void an_empty_file_is_refused() {
        assertEquals("file: expected keys and values, saw nothing", refused("# nothing\n"));
    }

    @Test
    void a_file_of_more_than_256_kibi_characters_is_refused() {
        assertEquals(
                "file: expected at most 262144 characters, saw 262145; split it", refused("a".repeat(256 * 1024 + 1)));
    }

    @Test
    void what_is_no_yaml_is_refused_where_it_is_none() {
        assertEquals(
                "line 2, column 1: file: no YAML: expected ',' or ']', but got <block end>".substring(0, 30),
                refused("a: [b\n").substring(0, 30));
    }

    static Stream<String> hostile() {
        int n = 200_000;
        return Stream.of(
                "[".repeat(n),
                "{".repeat(n),
                "- ".repeat(n / 2),
                "? ".repeat(n / 2),
                "a: ".repeat(n / 3),
                "&a ".repeat(n / 3),
                "!".repeat(n),
                "!!a ".repeat(n / 4),
                "\"" + "\\x41".repeat(n / 4),
                "'".repeat(n),
                "|\n" + " x\n".repeat(n / 3),
                "#".repeat(n),
                " ".repeat(n),
                "\t".repeat(n),
                "\n".repeat(n),
                "a\n".repeat(n / 2),
                "%YAML 9.9\n---\n",
                "%TAG ! x\n".repeat(n / 9),
                "--- ".repeat(n / 4),
                "...\n".repeat(n / 4),
                "a: b: c",
                "\u0000",
                "a: \uD800",
                "\uFEFFa: 1",
                ",".repeat(n),
                "[,]",
                "*".repeat(n),
                "a: *a",
                "[" + "*a,".repeat(n / 3) + "]",
                "[" + "a,".repeat(n / 2) + "]",
                "{" + "a,".repeat(n / 2) + "}",
                IntStream.range(0, 15_000)
                        .mapToObj(i -> "k" + i + ":\n")
                        .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                        .toString(),
                ("{a: ".repeat(23) + "b" + "}".repeat(23)),
                "{? ".repeat(n / 3),
                "<<: {a: b}\n",
                "- &a [".repeat(n / 6),
                "\"" + "a".repeat(n) + "\": b",
                "a".repeat(n) + ": b",
                ("\"" + "a".repeat(1100) + "\" ").repeat(200));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostile_text_is_read_or_refused_soon(String yaml) {
        assertTimeout(Duration.ofSeconds(5), () -> readOrRefused(yaml));
    }

    @Test
    void no_text_makes_anything_else_than_a_tree_or_a_refusal() {
        String valid =
                "a: &x [1, 'two', \"three\", {b: c}]\nd: *x\ne: |\n  text\n  more\nf:\n  - g: h\n    i: >-\n      j\n";
        String pieces = "[]{}:,-?&*!|>'\"%@`#\n\t ~a0\\\u0085\u2028\uFFFE<=";
        assertTimeout(Duration.ofSeconds(60), () -> {
            for (int seed = 0; seed < 4_000; seed++) {
                Random random = new Random(seed);
                StringBuilder text = new StringBuilder(valid);
                for (int change = random.nextInt(6); change >= 0; change--) {
                    int at = random.nextInt(text.length());
                    switch (random.nextInt(3)) {
                        case 0 -> text.setCharAt(at, pieces.charAt(random.nextInt(pieces.length())));
                        case 1 -> text.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                        default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                    }
                }
                try {
                    readOrRefused(text.toString());
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
        });
    }

    private static void readOrRefused(String yaml) {
        try {
            TreeReader.read(yaml, new ArrayList<>());
        } catch (ConfigurationException e) {
            assertTrue(e.problems().get(0).message().length() < 300, e::getMessage);
        }
    }

    private Tree read(String yaml) {
        return TreeReader.read(yaml, problems);
    }

    private static String refused(String yaml) {
        return assertThrows(ConfigurationException.class, () -> TreeReader.read(yaml, new ArrayList<>()))
                .problems()
                .get(0)
                .toString();
    }
}
