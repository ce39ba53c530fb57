/** Policies, budgets, routes and facilitators of x402 from a file. */
@SuppressWarnings("module")
module dev.x402.config {
    requires transitive dev.x402.core;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports dev.x402.config;
}
