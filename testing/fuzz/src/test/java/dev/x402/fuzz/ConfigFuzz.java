package dev.x402.fuzz;

import dev.x402.config.ConfigurationException;
import dev.x402.config.X402Config;
import java.util.Map;

/** The configuration file. */
public final class ConfigFuzz {
    private ConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            X402Config.parse(Decoding.text(data), Map.of("TOKEN", "hidden-token"));
        } catch (ConfigurationException refusal) {
            Decoding.same(false, String.valueOf(refusal.getMessage()).contains("hidden-token"));
        }
    }
}
