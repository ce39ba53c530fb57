/** Sign-In-With-X: who paid comes back without paying again. */
@SuppressWarnings("module")
module dev.x402.sign.in.with.x {
    requires transitive dev.x402.spi;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static transitive com.google.auto.service;

    exports dev.x402.siwx;

    provides dev.x402.spi.PaymentExtension with
            dev.x402.siwx.SignInWithX;
}
