package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The papers say what is true. */
final class PapersTest {
    private static final String REWRITE = "mvn -q test -pl testing/architecture -am -Dtest=PapersTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";
    private static final Pattern HOST = Pattern.compile(
            "(?i)\\b(registry|repo\\d?|mirror|proxy|nexus|artifactory|packages?)\\.[\\w-]+(\\.[\\w-]+)*\\.(org|com|net|io|dev|internal)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}])/(work|root|Users|home/\\w+|tmp/\\w+|opt/\\w+)(/|\\b)(?![*\\w-]*>)");

    private final Repository repository = Repository.open();

    @Test
    void code_in_the_papers_is_code_that_a_test_compiles() throws IOException {
        Report report = new Report("snippets");
        int blocks = 0;
        for (Path paper : papers()) {
            report.looked();
            String name = repository.relative(paper);
            String text = Repository.read(paper);
            Snippets.Paper renewed = Snippets.renewed(repository.root(), name, text);
            blocks += renewed.blocks();
            renewed.problems().forEach(p -> report.found(name, p));
            if (!renewed.text().equals(text) && renewed.problems().isEmpty()) {
                if (Boolean.getBoolean("docs.write")) {
                    Files.writeString(paper, renewed.text());
                } else {
                    report.found(name, "shows other code than its source; run: " + REWRITE);
                }
            }
        }
        report.passes(15, "papers");
        assertTrue(blocks >= 6, "no paper shows code");
    }

    @Test
    void a_block_that_differs_from_its_source_is_renewed(@TempDir Path root) throws IOException {
        Path source = root.resolve("examples/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {\n    // snippet: one\n    int a;\n\n    int b;\n    // end: one\n}\n");
        Snippets.Paper renewed = Snippets.renewed(
                root, "p.md", "Text\n\n<!-- snippet: examples/A.java#one -->\n```java\nint old;\n```\nEnd\n");
        assertEquals(
                "Text\n\n<!-- snippet: examples/A.java#one -->\n```java\nint a;\n\nint b;\n```\nEnd\n", renewed.text());
        assertEquals(List.of(), renewed.problems());
    }

    @Test
    void java_without_a_source_is_found(@TempDir Path root) {
        assertEquals(
                List.of("p.md:1 has Java without a '<!-- snippet: path#name -->' above it"),
                Snippets.renewed(root, "p.md", "```java\nint a;\n```\n").problems());
        assertEquals(
                List.of("p.md:1 shows examples/B.java#x, which is not there"),
                Snippets.renewed(root, "p.md", "<!-- snippet: examples/B.java#x -->\n```java\n```\n")
                        .problems());
    }

    @Test
    void every_module_says_what_it_is() {
        Report report = new Report("readmes");
        for (Module module : repository.modules()) {
            if (module.shell() && module != repository.bom()) {
                continue;
            }
            report.looked();
            Path own = module.directory().resolve("README.md");
            Path shared = module.directory().resolveSibling("README.md");
            boolean sharesOne = module.path().startsWith("testing/consumers/") && Files.exists(shared);
            if (!Files.exists(own) && !sharesOne) {
                report.found(module.path(), "has no README.md");
            } else if (Files.exists(own) && prose(Repository.read(own)) > 40) {
                report.found(module.path(), "has a README.md of more than 40 lines besides code and tables");
            }
        }
        report.passes(10, "modules");
    }

    @Test
    void every_direct_dependency_has_its_reason() {
        Report report = new Report("dependency-reasons");
        Map<String, String> sections = sections(repository.root().resolve("docs/dependencies.md"));
        String everywhere = sections.getOrDefault("Every module", "");
        for (Module module : repository.modules()) {
            String section = sections.getOrDefault(module.path(), "")
                    + sections.getOrDefault(module.artifact(), "")
                    + (module.path().startsWith("testing/consumers")
                            ? sections.getOrDefault("testing/consumers", "")
                            : "");
            for (Module.Dependency dependency : module.dependencies()) {
                if (dependency.ours()) {
                    continue;
                }
                report.looked();
                if (!named(section, dependency.artifact()) && !named(everywhere, dependency.artifact())) {
                    report.found(module.path(), "docs/dependencies.md does not say why it has " + dependency.id());
                }
            }
        }
        for (String plugin : repository.plugins()) {
            report.looked();
            if (!named(sections.getOrDefault("The build", ""), plugin)) {
                report.found("the build", "docs/dependencies.md does not say why it has " + plugin);
            }
        }
        report.passes(40, "dependencies");
    }

    @Test
    void no_text_names_a_registry_or_a_machine() throws IOException {
        Report report = new Report("hosts-and-paths");
        for (Path file : repository.files(f -> true)) {
            String text;
            try {
                text = Files.readString(file);
            } catch (CharacterCodingException binary) {
                continue;
            }
            report.looked();
            text.lines().forEach(line -> {
                for (Pattern pattern : List.of(HOST, MACHINE_PATH)) {
                    Matcher matcher = pattern.matcher(line);
                    if (matcher.find()) {
                        report.found(repository.relative(file), "says " + matcher.group());
                    }
                }
            });
        }
        report.passes(600, "files");
    }

    @Test
    void a_registry_or_a_machine_would_be_seen() {
        for (String bad : List.of("https://" + "registry" + ".example.org/x", "\"/" + "home/someone/x\"")) {
            assertTrue(HOST.matcher(bad).find() || MACHINE_PATH.matcher(bad).find(), bad);
        }
    }

    private List<Path> papers() {
        return repository.files(f -> f.toString().endsWith(".md"));
    }

    private static long prose(String paper) {
        return paper.replaceAll("(?s)```.*?```", "")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("|"))
                .count();
    }

    /** Whether the first cell of some row has the name as a word. */
    private static boolean named(String section, String artifact) {
        Pattern word = Pattern.compile("(?<![\\w.-])" + Pattern.quote(artifact) + "(?![\\w-])");
        return section.lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.split("\\|")[1])
                .anyMatch(cell -> word.matcher(cell).find());
    }

    private static Map<String, String> sections(Path paper) {
        Map<String, String> sections = new TreeMap<>();
        for (String part : Repository.read(paper).split("(?m)^## ")) {
            int end = part.indexOf('\n');
            sections.merge(part.substring(0, end).strip(), part.substring(end), String::concat);
        }
        assertTrue(sections.size() > 1, () -> paper + " has no sections: " + Set.copyOf(sections.keySet()));
        return sections;
    }
}
