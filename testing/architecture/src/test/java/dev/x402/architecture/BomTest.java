package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The BOM lists what is published, and the strangers' parent repeats the root POM's versions. */
final class BomTest {
    private static final Pattern ARTIFACT_AND_VERSION =
            Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

    private final Repository repository = Repository.open();

    @Test
    void the_bom_lists_every_published_module_and_nothing_else() {
        Module bom = repository.bom();
        assertEquals(
                repository.modules().stream()
                        .filter(m -> m.published() && m != bom)
                        .map(Module::artifact)
                        .toList(),
                bom.bomEntries());
    }

    @Test
    void the_bom_has_no_parent_whose_management_it_would_pass_on() {
        String pom = Repository.read(repository.bom().directory().resolve("pom.xml"));
        assertFalse(pom.contains("<parent>"));
        assertEquals(version(Repository.read(repository.root().resolve("pom.xml"))), version(pom));
    }

    @Test
    void the_strangers_parent_repeats_the_versions_of_the_root() {
        Map<String, String> root = versions(Repository.read(repository.root().resolve("pom.xml")));
        Map<String, String> strangers =
                versions(Repository.read(repository.root().resolve("testing/consumers/pom.xml")));
        assertTrue(strangers.size() >= 8, () -> "only " + strangers);
        strangers.keySet().retainAll(root.keySet());
        root.keySet().retainAll(strangers.keySet());
        assertEquals(root, strangers);
    }

    private static String version(String pom) {
        return ARTIFACT_AND_VERSION
                .matcher(pom)
                .results()
                .filter(m -> m.group(1).startsWith("x402-"))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    private static Map<String, String> versions(String pom) {
        Map<String, String> found = new TreeMap<>();
        for (MatchResult match : ARTIFACT_AND_VERSION.matcher(pom).results().toList()) {
            found.put(match.group(1), match.group(2));
        }
        Pattern.compile("<((?:junit|auto-service|project\\.build|maven\\.compiler)[\\w.]*)>([^<]+)</\\1>")
                .matcher(pom)
                .results()
                .forEach(m -> found.put(m.group(1), m.group(2)));
        found.keySet().removeIf(k -> k.startsWith("x402-") && !k.equals("x402-bom"));
        return found;
    }
}
