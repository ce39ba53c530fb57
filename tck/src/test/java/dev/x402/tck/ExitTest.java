package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A plugin that ends the JVM, in a JVM of its own. */
final class ExitTest {
    @TempDir
    Path folder;

    @Disabled("run by the test here")
    static class Quitter implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            return new LedgerFixture(env, Flaw.NONE) {
                @Override
                public String payer() {
                    if (env.rule().equals("X402-VERIFY-02")) {
                        System.exit(0);
                    }
                    return super.payer();
                }
            };
        }
    }

    /** The program of the other JVM. */
    static final class Program {
        public static void main(String[] arguments) {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(Quitter.class))
                            .configurationParameter("junit.jupiter.conditions.deactivate", "*Disabled*")
                            .configurationParameter("x402.tck.report", arguments[0])
                            .build());
        }
    }

    @Test
    void a_plugin_that_exits_fails_that_rule_and_the_others_still_run() throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int status = process.waitFor();
        Json.Obj report = (Json.Obj) Codec.JSON.read(Files.readAllBytes(folder.resolve("Quitter/report.json")));
        List<String> exits = ((Json.Arr) report.find("rules").orElseThrow())
                .elements().stream()
                        .map(Json.Obj.class::cast)
                        .filter(rule -> rule.text("outcome").orElse("").equals("FAIL"))
                        .map(rule -> rule.text("id").orElse("") + ": "
                                + rule.text("observed").orElse(""))
                        .toList();
        assertEquals(List.of("X402-VERIFY-02: it called System.exit; the other rules go on"), exits);
        assertEquals(1, status);
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertTrue(said.contains("Quitter is not conformant (22 PASS, 1 FAIL)"), said);
    }
}
