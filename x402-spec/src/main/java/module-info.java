/** The words of the x402 protocol. */
@SuppressWarnings("module")
module dev.x402.spec {
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports dev.x402.spec;
    exports dev.x402.spec.v1;
}
