package dev.x402.tck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import dev.x402.tck.reference.PluginFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    /** The reference, as a jar of test classes has it. */
    public static final class Right implements SchemeConformance {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            return new LedgerFixture(env, Flaw.NONE);
        }
    }

    /** A plugin that is wrong in one thing. */
    public static final class Wrong implements SchemeConformance {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            return new LedgerFixture(env, Flaw.SIGNATURE_UNCHECKED);
        }
    }

    /** Nothing can be judged with it. */
    public static final class Broken implements SchemeConformance {
        @Override
        public SchemeFixture fixture(TckEnvironment env) throws IOException {
            throw new IOException("the port is taken");
        }
    }

    private int run(String... args) {
        return new CommandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    private String plugin(Flaw flaw) {
        return PluginFolder.of(flaw).location().toString();
    }

    /** A jar with these classes of this test. */
    private String fixtures(Class<?>... types) throws IOException {
        Path jar = folder.resolve("fixtures-" + types[0].getSimpleName() + ".jar");
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            for (Class<?> type : types) {
                String name = type.getName().replace('.', '/') + ".class";
                Path file = files.getPath("/").resolve(name);
                Files.createDirectories(file.getParent());
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    Files.write(file, in.readAllBytes());
                }
            }
        }
        return jar.toString();
    }

    private String[] with(String... more) {
        return java.util.stream.Stream.concat(List.of(more).stream(), List.of("--report", folder.toString()).stream())
                .toArray(String[]::new);
    }

    @Test
    void help_tells_every_option_and_ends_with_0() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("--known-failing FILE"));
    }

    @Test
    void a_jar_without_fixtures_is_judged_by_its_packaging() {
        assertEquals(0, run(with(plugin(Flaw.NONE))), this::told);
        assertEquals(
                10,
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("PASS") && line.contains("X402-PACKAGING-"))
                        .count());
    }

    @Test
    void a_jar_with_a_broken_service_file_ends_with_1_and_names_the_class() {
        assertEquals(1, run(with(plugin(Flaw.NAMES_A_MISSING_CLASS))));
        assertTrue(told().contains("dev.x402.tck.reference.Gone in META-INF/services/"), this::told);
    }

    @Test
    void a_plugin_that_holds_every_rule_ends_with_0() throws IOException {
        assertEquals(
                0,
                run(with(plugin(Flaw.NONE), "--fixtures", fixtures(Right.class), "--only", "X402-VERIFY-01")),
                this::told);
    }

    @Test
    void a_plugin_that_breaks_a_rule_ends_with_1() throws IOException {
        assertEquals(
                1,
                run(with(plugin(Flaw.NONE), "--fixtures", fixtures(Wrong.class), "--only", "X402-VERIFY-03")),
                this::told);
        assertTrue(told().contains("--only X402-VERIFY-03 --seed 402"), this::told);
    }

    @Test
    void a_fixture_that_throws_ends_with_2_and_says_why() throws IOException {
        assertEquals(
                2,
                run(with(plugin(Flaw.NONE), "--fixtures", fixtures(Broken.class), "--only", "X402-VERIFY-01")),
                this::told);
        assertTrue(told().contains("the port is taken"), this::told);
    }

    @Test
    void a_class_that_cannot_be_judged_ends_with_2_beside_one_that_holds() throws IOException {
        int status = run(
                with(plugin(Flaw.NONE), "--fixtures", fixtures(Right.class, Broken.class), "--only", "X402-VERIFY-01"));
        assertEquals(2, status, this::told);
        assertEquals(
                "x402-tck: nothing was judged of one class or more; the reports say why of each rule\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_fixture_that_cannot_be_loaded_ends_with_2_and_is_named_while_the_others_run() throws IOException {
        Path jar = Path.of(fixtures(Right.class));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.write(files.getPath("/Torn.class"), new byte[] {1, 2, 3});
        }
        int status = run(with(plugin(Flaw.NONE), "--fixtures", jar.toString(), "--only", "X402-VERIFY-01"));
        assertEquals(2, status, this::told);
        assertTrue(told().contains("PASS            X402-VERIFY-01"), this::told);
        assertTrue(
                err.toString(StandardCharsets.UTF_8)
                        .startsWith(
                                "x402-tck: Torn in fixtures-Right.jar cannot be loaded: java.lang.ClassFormatError"),
                this::told);
    }

    @Test
    void a_rule_that_is_known_to_fail_and_fails_ends_with_0() throws IOException {
        Path known = Files.writeString(folder.resolve("known"), "X402-VERIFY-03 # until the next release\n");
        int status = run(with(
                plugin(Flaw.NONE),
                "--fixtures",
                fixtures(Wrong.class),
                "--only",
                "X402-VERIFY-01,X402-VERIFY-03",
                "--known-failing",
                known.toString()));
        assertEquals(0, status, this::told);
    }

    @Test
    void a_rule_that_is_known_to_fail_and_holds_ends_with_1() throws IOException {
        Path known = Files.writeString(folder.resolve("known"), "X402-VERIFY-01\n");
        int status = run(with(
                plugin(Flaw.NONE),
                "--fixtures",
                fixtures(Right.class),
                "--only",
                "X402-VERIFY-01",
                "--known-failing",
                known.toString()));
        assertEquals(1, status, this::told);
    }

    @Test
    void no_rule_at_all_ends_with_2() throws IOException {
        assertEquals(2, run(with(plugin(Flaw.NONE), "--fixtures", fixtures(Right.class), "--only", "X402-NONE-01")));
        assertEquals(
                "x402-tck: no rule ran; is --only the id of a rule, such as X402-VERIFY-05?\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void fixtures_without_a_kit_end_with_2() throws IOException {
        assertEquals(2, run(with(plugin(Flaw.NONE), "--fixtures", fixtures(CommandLineTest.class))));
        assertEquals(
                "x402-tck: fixtures-CommandLineTest.jar: expected a class that implements the kit's rules, such as"
                        + " SchemeConformance, saw none\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_no_jar_ends_with_2() throws IOException {
        Path text = Files.writeString(folder.resolve("plugin.jar"), "no jar");
        assertEquals(2, run(text.toString()));
        assertEquals("x402-tck: " + text + " is no jar that can be read\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_not_there_ends_with_2() {
        assertEquals(2, run("gone.jar"));
        assertEquals("x402-tck: gone.jar is not there\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void an_unknown_option_ends_with_2() {
        assertEquals(2, run("--stict"));
        assertEquals("x402-tck: --stict is no option; --help lists them\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_seed_that_is_no_number_ends_with_2() {
        assertEquals(2, run("--seed", "x"));
        assertEquals("x402-tck: --seed: expected a whole number, saw \"x\"\n", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_facilitator_without_fixtures_ends_with_2() {
        assertEquals(2, run("--facilitator", "http://127.0.0.1:1"));
        assertEquals(
                "x402-tck: --facilitator needs --fixtures, which know a payer and the rail\n",
                err.toString(StandardCharsets.UTF_8));
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }
}
