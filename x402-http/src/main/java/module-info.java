/** The payer, the seller and the facilitator of x402 over HTTP. */
@SuppressWarnings("module")
module dev.x402.http {
    requires transitive dev.x402.core;
    requires transitive java.net.http;
    requires org.slf4j;
    requires static transitive jakarta.servlet;
    requires static transitive jdk.httpserver;
    requires static transitive org.jspecify;

    exports dev.x402.http;
    exports dev.x402.http.client;
    exports dev.x402.http.facilitator;
    exports dev.x402.http.jdk;
    exports dev.x402.http.server;
    exports dev.x402.http.servlet;
}
