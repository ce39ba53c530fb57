package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.x402.architecture.planted.Breach;
import dev.x402.architecture.planted.helpers.SomethingManager;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house rules over the published classes, each shown to catch a planted breach. */
final class HouseRulesTest {
    private static List<JavaClass> published;
    private static List<JavaClass> money;
    private static Collection<JavaClass> planted;

    @BeforeAll
    static void read() {
        MainClasses classes = MainClasses.of(Repository.open().published());
        published = classes.types();
        money = classes.byModule().entrySet().stream()
                .filter(e -> e.getKey().artifact().matches("x402-(spec|spi|core|scheme-.*)"))
                .flatMap(e -> e.getValue().stream())
                .toList();
        planted = List.copyOf(new ClassFileImporter()
                .importPackages(Breach.class.getPackageName()).stream().toList());
    }

    @Test
    void money_never_passes_through_floating_point() {
        HouseRules.floating_point(money).passes(2_500, "members");
        caught(HouseRules.floating_point(planted), "field ratio has double", "rounded has java.lang.Float");
    }

    @Test
    void only_a_given_clock_is_read() {
        HouseRules.wall_clock(published).passes(10_000, "accesses");
        caught(
                HouseRules.wall_clock(planted),
                "clocks uses Instant.now at (Breach.java:40)",
                "clocks uses System.currentTimeMillis at (Breach.java:40)",
                "clocks uses Clock.systemUTC at (Breach.java:40)");
    }

    @Test
    void only_given_randomness_is_used() {
        HouseRules.randomness(published).passes(10_000, "accesses");
        caught(
                HouseRules.randomness(planted),
                "random uses SecureRandom.<init> at (Breach.java:44)",
                "random uses UUID.randomUUID at (Breach.java:44)");
    }

    @Test
    void nothing_sleeps() {
        HouseRules.sleeping(published).passes(10_000, "accesses");
        caught(HouseRules.sleeping(planted), "sleeps uses Thread.sleep at (Breach.java:48)");
    }

    @Test
    void nothing_is_printed() {
        HouseRules.printing(published).passes(10_000, "accesses");
        caught(HouseRules.printing(planted), "prints uses System.out at (Breach.java:52)");
    }

    @Test
    void one_place_signs_and_no_path_goes_around_it() {
        Report report = HouseRules.one_signer(published);
        report.passes(10_000, "accesses");
        List<Report.Finding> paying = report.findings().stream()
                .filter(f -> !f.subject().startsWith("dev.x402.tck."))
                .toList();
        assertEquals(1, paying.size(), () -> "places that sign: " + paying);
        caught(
                HouseRules.one_signer(planted),
                "pays uses SchemeClient.pay at (Breach.java:64)",
                "signs uses EvmSigner.sign at (Breach.java:68)");
    }

    @Test
    void only_the_registry_loads_services() {
        HouseRules.service_loader(published).passes(10_000, "accesses");
        caught(HouseRules.service_loader(planted), "loads uses ServiceLoader.load at (Breach.java:56)");
    }

    @Test
    void statics_hold_no_state() {
        HouseRules.mutable_statics(published).passes(250, "static fields");
        caught(
                HouseRules.mutable_statics(planted),
                "static COUNT is a mutable java.util.concurrent.atomic.AtomicInteger",
                "static last is not final",
                "static TABLE is an array that others can write");
    }

    @Test
    void no_method_is_synchronized() {
        HouseRules.synchronized_methods(published).passes(1_800, "methods");
        caught(HouseRules.synchronized_methods(planted), "locked is synchronized");
    }

    @Test
    void every_package_is_null_marked() {
        HouseRules.null_marked(published).passes(11, "packages");
        assertEquals(
                Set.of(Breach.class.getPackageName(), SomethingManager.class.getPackageName()),
                subjects(HouseRules.null_marked(planted)));
    }

    @Test
    void names_say_what_a_thing_is() {
        HouseRules.names(published).passes(300, "classes");
        assertEquals(
                Set.of(Breach.class.getName(), SomethingManager.class.getName()), subjects(HouseRules.names(planted)));
        caught(
                HouseRules.names(planted),
                "getTotal has a get or set prefix",
                "has a name that says nothing",
                "lies in a package whose name says nothing");
    }

    @Test
    void nothing_visible_can_be_written_from_outside() {
        HouseRules.public_fields(published).passes(160, "classes");
        caught(HouseRules.public_fields(planted), "open can be written from outside");
    }

    @Test
    void public_signatures_show_no_library() {
        HouseRules.foreign_types(published, HouseRulesTest::shown).passes(1_100, "members");
        caught(
                HouseRules.foreign_types(planted, HouseRulesTest::shown),
                "tree shows com.fasterxml.jackson.databind.JsonNode");
    }

    @Test
    void packages_have_no_cycles() {
        HouseRules.cycles(published).passes(11, "packages");
        caught(
                HouseRules.cycles(planted),
                "depends on itself by way of dev.x402.architecture.planted ->"
                        + " dev.x402.architecture.planted.helpers -> dev.x402.architecture.planted");
    }

    /** The seller's filter is a servlet filter, and nullness is told by JSpecify. */
    private static boolean shown(String name) {
        return name.startsWith("jakarta.servlet.") || name.startsWith("org.jspecify.");
    }

    private static void caught(Report report, String... whats) {
        Set<String> found = new TreeSet<>();
        report.findings().forEach(f -> found.add(f.what()));
        Set<String> missing = new TreeSet<>(Set.of(whats));
        missing.removeAll(found);
        assertEquals(Set.of(), missing, () -> "not caught; caught were " + found);
    }

    private static Set<String> subjects(Report report) {
        Set<String> subjects = new TreeSet<>();
        report.findings().forEach(f -> subjects.add(f.subject()));
        return subjects;
    }
}
