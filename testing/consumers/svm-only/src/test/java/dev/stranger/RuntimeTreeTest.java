package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this application gets at run time. */
final class RuntimeTreeTest {
    @Test
    void what_must_be_there_is_there() throws IOException {
        List<String> names = runtime().stream()
                .map(line -> line.replaceAll(":[^:]*$", ""))
                .toList();
        List<String> missing = List.of(
                        "dev.x402:x402-spec",
                        "dev.x402:x402-spi",
                        "com.fasterxml.jackson.core:jackson-core",
                        "org.jspecify:jspecify",
                        "org.slf4j:slf4j-api",
                        "dev.x402:x402-scheme-exact-svm",
                        "com.mmorrell:solanaj",
                        "org.bouncycastle:bcprov-jdk18on")
                .stream()
                .filter(name -> !names.contains(name))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void what_must_not_be_there_is_not() throws IOException {
        List<String> banned = runtime().stream()
                .filter(line -> line.matches("(?i).*(x402-http|x402-core|web3j|sol4k|kotlin|secp256k1|eddsa|okio|testbed|servlet|auto-service|netty|okhttp|rxjava|jnr|amazon|kzg|tuweni|jdk15to18|yaml).*"))
                .toList();
        assertEquals(List.of(), banned);
    }

    @Test
    void the_whole_is_the_committed_list() throws IOException {
        assertEquals(Files.readAllLines(Path.of("src/test/resources/runtime.txt")), runtime());
    }

    /** Sorted group:artifact:version; our own without their version. */
    private static List<String> runtime() throws IOException {
        List<String> tree = Files.readAllLines(Path.of("target/runtime-tree.txt"));
        List<String> found = tree.stream()
                .skip(1)
                .map(line -> line.replaceAll("^[^a-z]*", "").replaceAll("^([^:]+:[^:]+):jar:(.*):[^:]*$", "$1:$2"))
                .map(line -> line.replaceAll("^(dev\\.x402:[^:]+):.*$", "$1:ours"))
                .sorted()
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException("target/runtime-tree.txt names nothing: " + tree);
        }
        return found;
    }
}
