package dev.x402.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmPackagesTest {

    @Test
    void says_which_command_installs_what_is_missing(@TempDir Path module) {
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> NpmPackages.in(module).file("nobody/nothing"));
        assertEquals(
                "the npm file nobody/nothing is not in " + module.resolve("node_modules") + "; install it with: node "
                        + module.resolve("tools").resolve("install.mjs"),
                refusal.getMessage());
    }
}
