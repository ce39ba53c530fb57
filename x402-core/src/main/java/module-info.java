/** The payer, the seller and the facilitator of x402, free of any transport. */
@SuppressWarnings("module")
module dev.x402.core {
    requires transitive dev.x402.spi;
    requires dev.failsafe.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.x402.core;
    exports dev.x402.core.facilitator;
    exports dev.x402.core.payer;
    exports dev.x402.core.router;
    exports dev.x402.core.seller;
}
