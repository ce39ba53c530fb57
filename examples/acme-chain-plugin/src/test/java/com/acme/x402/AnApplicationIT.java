package com.acme.x402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar of this project in an application that was built without it, and that knows nothing of Acme. */
class AnApplicationIT {
    private static final String APPLICATION = "dev.x402.quickstart.PaidByAnything";
    private static final String JAR = System.getProperty("jar");

    @TempDir
    Path home;

    private final LocalAcmeWallet payer = LocalAcmeWallet.generate(new SecureRandom());
    private final LocalAcmeWallet payee = LocalAcmeWallet.generate(new SecureRandom());
    private final Ledger ledger = new Ledger(World.NETWORK, Clock.systemUTC());
    private LedgerServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LedgerServer(ledger);
        ledger.mint(payer.account(), "dollar", World.FUNDS);
        Files.writeString(
                home.resolve("acme.properties"),
                """
                wallet=%s
                facilitator.wallet=%s
                network=acme:test
                node=%s
                """
                        .formatted(
                                payer.secret(),
                                LocalAcmeWallet.generate(new SecureRandom()).secret(),
                                server.uri()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "metered"})
    void pays_by_acme_when_the_jar_is_on_its_class_path(String scheme) throws Exception {
        Run run = run(scheme, classPath() + File.pathSeparator + JAR);
        assertEquals(0, run.code(), run.output());
        assertTrue(run.output().contains("paid: 0.05 ACD offered by " + scheme), run.output());
        assertEquals(500, ledger.balance(payee.account(), "dollar").value().intValueExact());
    }

    @Test
    void does_not_know_acme_without_the_jar() throws Exception {
        Run run = run("exact", classPath());
        assertEquals(1, run.code(), run.output());
        assertTrue(run.output().contains("not paid: "), run.output());
        assertEquals(0, ledger.balance(payee.account(), "dollar").value().intValueExact());
    }

    /** What the application was built with: the tests' class path without this project. */
    private static String classPath() {
        List<String> entries = new ArrayList<>(
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)));
        entries.removeIf(entry -> entry.equals(JAR)
                || entry.matches(".*[/\\\\]target[/\\\\](test-)?classes[/\\\\]?")
                || entry.matches(".*[/\\\\]surefire[^/\\\\]*\\.jar"));
        return String.join(File.pathSeparator, entries);
    }

    private Run run(String scheme, String classPath) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dacme.properties=" + home.resolve("acme.properties"),
                        "-classpath",
                        classPath,
                        APPLICATION,
                        scheme,
                        "acme:test",
                        "0.05",
                        payee.account())
                .redirectErrorStream(true)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            String text = output.lines().collect(Collectors.joining("\n"));
            return new Run(process.waitFor(), text);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            process.destroyForcibly();
        }
    }

    /** How a program ended. */
    record Run(int code, String output) {}
}
