package dev.x402.testbed.evm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A compiled contract of {@code src/main/solidity}.
 *
 * @param runtimeCode hex with {@code 0x}, ready to be placed at an address
 */
record Contract(String runtimeCode) {

    static Contract named(String name) {
        try (InputStream artefact = Contract.class.getResourceAsStream(name + ".json")) {
            if (artefact == null) {
                throw new IllegalStateException("no artefact " + name + ".json beside " + Contract.class.getName()
                        + "; compile it with tools/compile.mjs");
            }
            JsonNode members = new ObjectMapper().readTree(artefact);
            return new Contract(members.required("runtimeCode").textValue());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the artefact " + name + ".json cannot be read", unreadable);
        }
    }
}
