/** What an x402 plugin implements, and how plugins are found. */
@SuppressWarnings("module")
module dev.x402.spi {
    requires transitive dev.x402.spec;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static com.google.auto.service;

    exports dev.x402.spi;
    exports dev.x402.spi.plugins;

    uses dev.x402.spi.AssetSource;
    uses dev.x402.spi.PaymentExtension;
    uses dev.x402.spi.PaymentScheme;
    uses dev.x402.spi.Rail;
}
