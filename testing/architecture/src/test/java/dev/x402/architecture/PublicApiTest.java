package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change of the public API shows in the diff, as text. */
final class PublicApiTest {
    private static final String REWRITE = "mvn -q test -pl testing/architecture -am -Dtest=PublicApiTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dapi.write=true";
    private static final List<Module> PUBLISHED = Repository.open().published();
    private static final PublicApi API = PublicApi.of(PUBLISHED);

    static List<Module> published() {
        return PUBLISHED;
    }

    @ParameterizedTest
    @MethodSource("published")
    void the_public_api_is_the_committed_one(Module module) throws IOException {
        String now = API.text(module);
        Path golden = module.directory().resolve("src/api/public-api.txt");
        assertTrue(now.lines().count() > 5, () -> module + " shows almost no public API:\n" + now);
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, now);
            return;
        }
        String committed = Files.exists(golden) ? Files.readString(golden) : "";
        assertEquals(
                committed,
                now,
                () -> "The public API of " + module + " is not what " + module.path()
                        + "/src/api/public-api.txt says. If that is meant, run\n  " + REWRITE
                        + "\nand commit the file with the change.");
    }

    @Test
    void text_tells_records_nullness_generics_and_throws() {
        String spec = PUBLISHED.stream()
                .filter(m -> m.artifact().equals("x402-spec"))
                .map(API::text)
                .findFirst()
                .orElseThrow();
        List<String> lines = spec.lines().toList();
        assertTrue(
                lines.contains("public record dev.x402.spec.AssetId(dev.x402.spec.Network network, String reference)"),
                spec);
        assertTrue(
                lines.contains("    public static dev.x402.spec.PaymentPayload of(@Nullable dev.x402.spec.ResourceInfo,"
                        + " dev.x402.spec.PaymentRequirements, dev.x402.spec.Json.Obj)"),
                spec);
    }
}
