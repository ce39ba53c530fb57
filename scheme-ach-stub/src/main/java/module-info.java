/** The scheme {@code exact} on {@code ach:us}, with a simulated bank. */
@SuppressWarnings("module")
module dev.x402.scheme.ach.stub {
    requires transitive dev.x402.spi;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static transitive com.google.auto.service;

    exports dev.x402.scheme.ach;
    exports dev.x402.scheme.ach.bank;

    provides dev.x402.spi.AssetSource with
            dev.x402.scheme.ach.AchAssets;
    provides dev.x402.spi.PaymentScheme with
            dev.x402.scheme.ach.ExactAchScheme;
    provides dev.x402.spi.Rail with
            dev.x402.scheme.ach.AchRail;
}
