package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What an author sees of a run: messages, verdict and report. */
final class ReportTest {
    @TempDir
    Path folder;

    @Disabled("run by the tests here")
    static class Forger implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            return new LedgerFixture(env, Flaw.SIGNATURE_UNCHECKED);
        }
    }

    @Disabled("run by the tests here")
    static class Miser implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            return new LedgerFixture(env, Flaw.POVERTY_UNNAMED);
        }
    }

    @Disabled("run by the tests here")
    static class Thrower implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            throw new IllegalStateException("no ledger here");
        }
    }

    @Disabled("run by the tests here")
    static class Hanger implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) throws InterruptedException {
            new CountDownLatch(1).await();
            return new LedgerFixture(env, Flaw.NONE);
        }
    }

    @Disabled("run by the tests here")
    static class Leaker implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            Thread left = new Thread(
                    () -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "left over");
            left.setDaemon(true);
            left.start();
            return new LedgerFixture(env, Flaw.NONE);
        }
    }

    @Disabled("run by the tests here")
    static class Silencer implements VerifyRules {
        @Override
        public SchemeFixture fixture(TckEnvironment env) {
            return new LedgerFixture(env, Flaw.SIGNATURE_UNCHECKED);
        }

        @Override
        public void verify_03_everyLeafIsBound(Bench bench) {}
    }

    private Map<String, TestExecutionResult> run(Class<?> subject, Map<String, String> parameters) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(subject))
                                .configurationParameter("junit.jupiter.conditions.deactivate", "*Disabled*")
                                .configurationParameter("x402.tck.report", folder.toString())
                                .configurationParameters(parameters)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                results.put(test.getDisplayName(), result);
                            }
                        });
        return results;
    }

    private Json.Obj report(Class<?> subject) throws IOException {
        return (Json.Obj) Codec.JSON.read(
                Files.readAllBytes(folder.resolve(subject.getSimpleName()).resolve("report.json")));
    }

    private static String message(Map<String, TestExecutionResult> results, String test) {
        return results.get(test + "(Bench)").getThrowable().orElseThrow().getMessage();
    }

    @Test
    void a_failure_says_everything_that_is_needed() {
        Map<String, TestExecutionResult> results = run(Forger.class, Map.of("x402.tck.only", "X402-VERIFY-03"));
        assertEquals("""
                X402-VERIFY-03 [MUST] every leaf of the payload is bound by the payer's signature   (x402 v2 §6.1.2(1))
                  outcome        FAIL
                  did            verified a payment with payload/authorization/nonce altered (1)
                  expected       Invalid
                  observed       Valid(payer=acct-0000000a)
                  usual causes   a field is read that the signature does not cover; the signature is not checked at all
                  read           RULES.md#x402-verify-03
                  repeat         mvn test -Dtest=Forger -Dx402.tck.only=X402-VERIFY-03 -Dx402.tck.seed=402   or on a jar   --only X402-VERIFY-03 --seed 402""", message(results, "verify_03_everyLeafIsBound"));
    }

    @Test
    void the_report_is_valid_by_its_schema_and_tells_the_verdict() throws IOException {
        run(Forger.class, Map.of("x402.tck.only", "X402-VERIFY-01,X402-VERIFY-03"));
        Json.Obj report = report(Forger.class);
        assertEquals(List.of(), Schema.problems(schema(), report));
        assertEquals("NOT_CONFORMANT", report.text("verdict").orElseThrow());
        assertEquals(
                "x402 compatibility: Forger is not conformant (1 PASS, 1 FAIL, 21 UNTESTED)",
                report.text("line").orElseThrow());
    }

    @Test
    void the_schema_finds_what_does_not_belong() throws IOException {
        run(Forger.class, Map.of("x402.tck.only", "X402-VERIFY-01"));
        Json.Obj report =
                report(Forger.class).with("verdict", "FINE").without("seed").with("more", "x");
        assertEquals(
                List.of("/seed is missing", "/verdict is not among those allowed", "/more is not known"),
                Schema.problems(schema(), report));
    }

    @Test
    void the_page_has_no_script_and_no_address_outside() throws IOException {
        run(Forger.class, Map.of("x402.tck.only", "X402-VERIFY-03"));
        String page = Files.readString(folder.resolve("Forger/report.html"));
        assertFalse(page.contains("<script") || page.contains("http:") || page.contains("https:"), page);
        assertTrue(page.contains("not conformant") && page.contains("X402-VERIFY-03"), page);
    }

    @Test
    void a_should_that_is_not_met_is_a_warning_and_in_a_strict_run_a_failure() {
        String rule = "verify_15_aPoorPayerHearsSo";
        Map<String, String> only = Map.of("x402.tck.only", "X402-VERIFY-15");
        assertEquals(
                TestExecutionResult.Status.ABORTED,
                run(Miser.class, only).get(rule + "(Bench)").getStatus());
        Map<String, String> strict = Map.of("x402.tck.only", "X402-VERIFY-15", "x402.tck.strict", "true");
        assertEquals(
                TestExecutionResult.Status.FAILED,
                run(Miser.class, strict).get(rule + "(Bench)").getStatus());
    }

    @Test
    void a_known_failure_is_expected_and_one_that_holds_is_stale() throws IOException {
        Path known = folder.resolve("known.txt");
        Files.writeString(known, "X402-VERIFY-03 # not signed yet\nX402-VERIFY-01\n");
        run(
                Forger.class,
                Map.of("x402.tck.only", "X402-VERIFY-01,X402-VERIFY-03", "x402.tck.known-failing", known.toString()));
        assertEquals(
                "x402 compatibility: Forger is not conformant (21 UNTESTED, 1 EXPECTED_FAIL, 1 STALE)",
                report(Forger.class).text("line").orElseThrow());
    }

    @Test
    void a_fixture_that_throws_is_told_in_a_line() {
        Map<String, TestExecutionResult> results = run(Thrower.class, Map.of("x402.tck.only", "X402-VERIFY-01"));
        String message = message(results, "verify_01_anHonestPaymentIsValid");
        assertTrue(
                message.contains("outcome        INCONCLUSIVE\n")
                        && message.contains("observed       the fixture threw java.lang.IllegalStateException:"
                                + " no ledger here at dev.x402.tck.ReportTest$Thrower.fixture(ReportTest.java:"),
                message);
    }

    @Test
    void a_fixture_that_hangs_is_told_in_a_line_and_the_next_rule_runs() {
        Map<String, TestExecutionResult> results = run(
                Hanger.class,
                Map.of("x402.tck.only", "X402-VERIFY-01,X402-VERIFY-02", "x402.tck.deadline-millis", "200"));
        for (String rule : List.of("verify_01_anHonestPaymentIsValid", "verify_02_verifyingChangesNothing")) {
            String message = message(results, rule);
            assertTrue(
                    message.contains("expected       an end within 200 ms\n")
                            && message.contains("observed       it hung in dev.x402.tck.ReportTest$Hanger.fixture:"),
                    message);
        }
    }

    @Test
    void a_thread_that_is_left_over_is_told_by_its_name() {
        Map<String, TestExecutionResult> results = run(Leaker.class, Map.of("x402.tck.only", "X402-VERIFY-01"));
        String message = message(results, "verify_01_anHonestPaymentIsValid");
        assertTrue(
                message.contains("did            closed every side and the fixture\n")
                        && message.contains("observed       threads still running: left over\n"),
                message);
    }

    @Test
    void a_rule_that_an_author_overrides_stays_in_the_report() throws IOException {
        run(Silencer.class, Map.of());
        Json.Obj report = report(Silencer.class);
        assertEquals("PARTIAL", report.text("verdict").orElseThrow());
        assertEquals(
                "x402 compatibility: Silencer is without fault so far: some rules were left out (22 PASS, 1 UNTESTED)",
                report.text("line").orElseThrow());
    }

    private static Json.Obj schema() throws IOException {
        try (InputStream in = Verdict.class.getResourceAsStream("report.schema.json")) {
            return (Json.Obj) Codec.JSON.read(in.readAllBytes());
        }
    }
}
