package dev.x402.tck.reference;

/** Plugins that cannot be registered as they are. */
public final class FlawedPlugins {
    private FlawedPlugins() {}

    /** ServiceLoader has no argument for it. */
    public static final class NeedsAnArgument extends LedgerScheme {
        private final String name;

        public NeedsAnArgument(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }

    /** A name that cannot stand on the wire. */
    public static final class NamedWithASpace extends LedgerScheme {
        @Override
        public String name() {
            return "led ger";
        }
    }

    /** The same key once more. */
    public static final class Twin extends LedgerScheme {}
}
