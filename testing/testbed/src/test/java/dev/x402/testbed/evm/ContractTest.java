package dev.x402.testbed.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.testbed.NpmPackages;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {

    @Test
    void each_artefact_is_what_its_source_compiles_to(@TempDir Path compiled) throws Exception {
        Path module = NpmPackages.ofThisBuild().file("solc").getParent().getParent();
        Process compiler = new ProcessBuilder(
                        "node", module.resolve("tools").resolve("compile.mjs").toString(), compiled.toString())
                .redirectErrorStream(true)
                .start();
        String complaints = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("", complaints);
        assertEquals(0, compiler.waitFor());
        for (String name : new String[] {"TestUsdc", "TestWallet", "TestMulticall3"}) {
            try (InputStream committed = Contract.class.getResourceAsStream(name + ".json")) {
                assertEquals(
                        new String(committed.readAllBytes(), StandardCharsets.UTF_8),
                        Files.readString(compiled.resolve(name + ".json")),
                        name + ".json is stale; run: node tools/compile.mjs src/main/resources/dev/x402/testbed/evm");
            }
        }
        try (var files = Files.list(compiled)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    void says_how_to_make_a_missing_artefact() {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> Contract.named("Nothing"));
        assertEquals(
                "no artefact Nothing.json beside dev.x402.testbed.evm.Contract; compile it with tools/compile.mjs",
                refusal.getMessage());
    }
}
