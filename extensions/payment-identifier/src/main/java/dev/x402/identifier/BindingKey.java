package dev.x402.identifier;

/** A name of one seller's, in the store's form. */
record BindingKey(String text) {
    static BindingKey of(String tenant, String id) {
        return new BindingKey(new Digest().text(tenant).text(id).hex());
    }
}
