package dev.x402.spi.plugins;

import dev.x402.spec.Network;

/** Explains a link error by the releases of the jars that met. */
final class Alignment {
    private Alignment() {}

    /** Which versions met, and what to do. */
    static String hint(String plugin, String version) {
        return "are its jars of one release? Seen: " + worded(plugin, version) + ", "
                + worded("x402-spi", Origin.of(Plugins.class).version()) + ", "
                + worded("x402-spec", Origin.of(Network.class).version())
                + "; align them, as by x402-bom";
    }

    private static String worded(String what, String version) {
        return what + (version.isEmpty() ? " of unknown version" : " " + version);
    }
}
