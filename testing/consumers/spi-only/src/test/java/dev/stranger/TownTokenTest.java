package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spi.Asset;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class TownTokenTest {
    @Test
    void a_plugin_works_with_what_the_spi_brings() {
        try (Plugins plugins = Plugins.builder().add(new TownToken()).build()) {
            Asset penny = plugins.asset(TownToken.ID).orElseThrow();
            assertEquals("1250", penny.toAtomic(new BigDecimal("12.50")).toString());
        }
    }
}
