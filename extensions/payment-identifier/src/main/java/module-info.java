/** The extension {@code payment-identifier}: a payment named by its payer is answered once and the same. */
@SuppressWarnings("module")
module dev.x402.payment.identifier {
    requires transitive dev.x402.spi;
    requires static transitive org.jspecify;
    requires static transitive com.google.auto.service;

    exports dev.x402.identifier;

    provides dev.x402.spi.PaymentExtension with
            dev.x402.identifier.PaymentIdentifier;
}
