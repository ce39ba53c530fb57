package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which module may know which. */
final class RoomsTest {
    private static Repository repository;
    private static MainClasses classes;

    @BeforeAll
    static void read() {
        repository = Repository.open();
        classes = MainClasses.of(repository.published());
    }

    @Test
    void poms_name_only_what_the_table_allows() {
        Report report = new Report("poms");
        Map<String, Room> table = Room.table();
        for (Module module : repository.published()) {
            Room room = table.get(module.artifact());
            if (room == null) {
                report.found(module.artifact(), "has no line in rooms.txt");
                continue;
            }
            Set<String> reach = room.reach(table);
            for (Module.Dependency dependency : module.dependencies()) {
                if (dependency.scope().equals("test")) {
                    continue;
                }
                report.looked();
                boolean allowed = dependency.ours()
                        ? reach.contains(dependency.artifact())
                        : room.libraries().contains(dependency.id());
                if (!allowed) {
                    report.found(module.artifact(), "depends on " + dependency.id());
                }
            }
        }
        report.passes(13, "dependencies");
    }

    @Test
    void classes_touch_only_what_the_table_allows() {
        touches(classes, Room.table()).passes(12_000, "references");
    }

    @Test
    void a_reference_that_the_table_does_not_allow_is_found() {
        Map<String, Room> empty = new HashMap<>();
        Room.table().forEach((name, room) -> empty.put(name, new Room(name, List.of(), List.of(), List.of())));
        assertFalse(touches(classes, empty).findings().isEmpty());
    }

    @Test
    void spec_does_no_input_or_output_and_reads_no_clock() {
        without("spec-pure", "x402-spec", List.of("java.net.http.", "java.nio.file.", "java.sql.", "java.time.Clock"))
                .passes(1_700, "references");
    }

    @Test
    void spi_and_core_know_no_transport() {
        List<String> transports = List.of(
                "java.net.http.",
                "java.net.Socket",
                "java.net.ServerSocket",
                "java.nio.channels.",
                "com.sun.net.",
                "jakarta.servlet.");
        Report report = without("no-transport", "x402-spi", transports);
        Report core = without("no-transport", "x402-core", transports);
        core.findings().forEach(f -> report.found(f.subject(), f.what()));
        report.passes(1_900, "references");
    }

    @Test
    void jackson_is_known_to_the_codec_alone() {
        Report report = new Report("jackson-in-the-codec");
        for (JavaClass type : classes.types()) {
            report.looked();
            if (type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(d -> d.getTargetClass().getName().startsWith("com.fasterxml.jackson."))) {
                report.found(HouseRules.outermost(type), "uses Jackson");
            }
        }
        report.passes(300, "classes");
    }

    @Test
    void each_package_belongs_to_one_module() {
        Report report = new Report("split-packages");
        Map<String, Set<String>> owners = new TreeMap<>();
        classes.byModule()
                .forEach((module, types) -> types.stream()
                        .filter(t -> !t.getPackageName().isEmpty())
                        .forEach(t -> owners.computeIfAbsent(t.getPackageName(), k -> new TreeSet<>())
                                .add(module.artifact())));
        owners.forEach((name, in) -> {
            report.looked();
            if (in.size() > 1) {
                report.found(name, "is in " + in);
            }
            if (!name.startsWith("dev.x402.")) {
                report.found(name, "is not below dev.x402");
            }
        });
        report.passes(11, "packages");
    }

    @Test
    void every_published_module_with_sources_was_looked_at() {
        assertTrue(repository.published().size() >= 5, () -> "published modules: " + repository.published());
        for (Module module : repository.published()) {
            int sources = Repository.below(module.mainSources(), ".java").size();
            int types = classes.in(module).size();
            assertTrue(types >= sources, () -> module + " has " + sources + " sources and " + types + " classes");
        }
    }

    @Test
    void every_project_of_the_tree_is_in_the_root_pom_or_built_as_a_stranger_s() {
        String strangers = Repository.read(repository.root().resolve("testing/strangers/pom.xml"));
        Stream<String> alone = Pattern.compile("<pomInclude>([^<]+)/pom\\.xml</pomInclude>")
                .matcher(strangers)
                .results()
                .map(m -> "examples/" + m.group(1));
        List<String> poms = repository
                .files(f -> f.endsWith("pom.xml") && !f.toString().contains("src/"))
                .stream()
                .map(f -> repository.relative(f.getParent()))
                .filter(d -> !d.isEmpty())
                .sorted()
                .toList();
        assertEquals(
                Stream.concat(repository.modules().stream().map(Module::path), alone)
                        .sorted()
                        .toList(),
                poms);
    }

    @Test
    void this_module_builds_after_every_published_one() {
        Module here = repository.modules().stream()
                .filter(m -> m.artifact().equals("x402-architecture"))
                .findFirst()
                .orElseThrow();
        List<String> named =
                here.dependencies().stream().map(Module.Dependency::artifact).toList();
        List<String> missing = repository.published().stream()
                .map(Module::artifact)
                .filter(a -> !named.contains(a))
                .toList();
        assertEquals(List.of(), missing, "testing/architecture/pom.xml lacks a dependency of type pom");
    }

    private static Report without(String rule, String artifact, List<String> banned) {
        Report report = new Report(rule);
        classes.byModule().forEach((module, types) -> {
            if (module.artifact().equals(artifact)) {
                types.forEach(type -> type.getDirectDependenciesFromSelf().forEach(d -> {
                    report.looked();
                    String target = d.getTargetClass().getName();
                    if (banned.stream().anyMatch(target::startsWith)) {
                        report.found(HouseRules.outermost(type), "uses " + target);
                    }
                }));
            }
        });
        return report;
    }

    private static Report touches(MainClasses classes, Map<String, Room> table) {
        Report report = new Report("rooms");
        classes.byModule().forEach((module, types) -> {
            Room room =
                    table.getOrDefault(module.artifact(), new Room(module.artifact(), List.of(), List.of(), List.of()));
            Set<String> reach = room.reach(table);
            for (JavaClass type : types) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    report.looked();
                    JavaClass target = dependency.getTargetClass();
                    while (target.isArray()) {
                        target = target.getComponentType();
                    }
                    String name = target.getName();
                    Optional<Module> owner = classes.owner(target);
                    boolean fine = target.isPrimitive()
                            || isJdk(name)
                            || owner.map(o -> reach.contains(o.artifact())).orElse(false)
                            || room.packages().stream().anyMatch(name::startsWith);
                    if (!fine) {
                        report.found(HouseRules.outermost(type), "uses " + name);
                    }
                }
            }
        });
        return report;
    }

    private static boolean isJdk(String name) {
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("com.sun.net.httpserver.");
    }
}
