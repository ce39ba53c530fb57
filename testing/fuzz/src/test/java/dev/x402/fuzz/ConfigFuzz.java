package dev.x402.fuzz;

import dev.x402.config.ConfigurationException;
import dev.x402.config.X402Config;
import java.util.Map;

/** The configuration file. */
public final class ConfigFuzz {
    private static final String HIDDEN = "hidden-token";

    private ConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Decoding.text(data);
        try {
            X402Config.parse(text, Map.of("TOKEN", HIDDEN));
        } catch (ConfigurationException refusal) {
            boolean told = String.valueOf(refusal.getMessage()).contains(HIDDEN);
            Decoding.same(false, told && !text.contains(HIDDEN));
        }
    }
}
