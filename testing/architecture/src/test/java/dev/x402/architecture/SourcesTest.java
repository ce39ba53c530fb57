package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Attempt;
import dev.x402.spi.Bytes;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.Signed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house rules that only the source shows. */
final class SourcesTest {
    private static Repository repository;

    @BeforeAll
    static void open() {
        repository = Repository.open();
    }

    @Test
    void nothing_catches_everything() {
        Report report = new Report("catch-all");
        each(report, (source, name) -> SourceRules.catchAlls(report, name, source));
        report.passes(220, "files");
    }

    @Test
    void no_work_is_left_in_comments() {
        Report report = new Report("left-over");
        each(report, (source, name) -> SourceRules.leftOvers(report, name, source));
        report.passes(220, "files");
    }

    @Test
    void the_first_sentence_of_a_javadoc_has_at_most_fifteen_words() {
        Report report = new Report("first-sentence");
        each(report, (source, name) -> SourceRules.firstSentences(report, name, source));
        report.passes(220, "files");
    }

    @Test
    void types_that_hold_keys_say_what_they_print() {
        Report report = new Report("redaction");
        each(report, (source, name) -> SourceRules.unredacted(report, name, source));
        report.passes(220, "files");
    }

    @Test
    void each_source_rule_catches_its_breach() {
        Report report = new Report("planted");
        String bad = "/** This sentence has one word more than the fifteen words that the house allows for it. */\n"
                + "final class Wallet {\n"
                + "    private final byte[] privateKey;\n"
                + "    void run() {\n"
                + "        try { go(); } catch (IllegalStateException | RuntimeException e) { /* TODO */ }\n"
                + "        // catch (Exception e) in a comment is nothing\n"
                + "    }\n"
                + "}\n";
        SourceRules.catchAlls(report, "a", bad);
        SourceRules.leftOvers(report, "b", bad);
        SourceRules.firstSentences(report, "c", bad);
        SourceRules.unredacted(report, "d", bad);
        assertEquals(
                List.of(
                        "a: line 5 catches RuntimeException",
                        "b: line 5 says TODO",
                        "c: line 1 has a first sentence of 16 words",
                        "d: line 3 holds privateKey and the file has no toString"),
                report.findings().stream().map(Report.Finding::toString).toList());
    }

    @Test
    void what_carries_a_proof_never_prints_it() {
        String secret = "0xPROOF";
        Json.Obj proof = new Json.Obj(Map.of("signature", new Json.Str(secret)));
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", Network.parse("eip155:84532")),
                AtomicAmount.parse("1"),
                "asset",
                "payee",
                60,
                Json.Obj.EMPTY);
        PaymentPayload payload = PaymentPayload.of(null, offer, proof);
        Payment payment = Payment.of(payload, offer);
        Signed signed = new Signed("hash", 1, Bytes.of(secret.getBytes(StandardCharsets.UTF_8)));
        Attempt attempt = new Attempt(1, Optional.empty(), Optional.of(signed));
        List<Object> carriers = List.of(
                proof,
                payload,
                payment,
                signed,
                attempt,
                new FacilitatorRequest(payload, offer, Json.Obj.EMPTY),
                new SchemePayload(proof, proof, Instant.EPOCH),
                new Movement(1, List.of(payment), List.of(attempt)));
        for (Object carrier : carriers) {
            assertFalse(carrier.toString().contains("PROOF"), carrier::toString);
        }
    }

    private static void each(Report report, java.util.function.BiConsumer<String, String> rule) {
        for (Module module : repository.published()) {
            for (Path source : Repository.below(module.mainSources(), ".java")) {
                report.looked();
                String name = module.mainSources()
                        .relativize(source)
                        .toString()
                        .replace(".java", "")
                        .replace('/', '.');
                rule.accept(Repository.read(source), name);
            }
        }
    }
}
