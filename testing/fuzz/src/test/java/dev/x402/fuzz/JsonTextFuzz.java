package dev.x402.fuzz;

import dev.x402.spec.Codec;

/** Any JSON at all. */
public final class JsonTextFuzz {
    private JsonTextFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Decoding.body(Codec.JSON, data);
    }
}
