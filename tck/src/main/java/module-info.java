/** The compatibility kit: rules for plugins, one test each. */
@SuppressWarnings("module")
module dev.x402.tck {
    requires transitive dev.x402.spi;
    requires transitive org.junit.jupiter.api;
    requires java.management;
    requires java.net.http;
    requires org.opentest4j;
    requires static org.junit.platform.engine;
    requires static org.junit.platform.launcher;
    requires static transitive org.jspecify;

    exports dev.x402.tck;

    opens dev.x402.tck;
}
