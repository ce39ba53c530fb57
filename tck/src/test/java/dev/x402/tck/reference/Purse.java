package dev.x402.tck.reference;

/** The payer's key: the reference's own port. */
record Purse(String account, String secret) {
    static final String SECRET = "a-secret-of-the-payer-that-nobody-may-see";

    @Override
    public String toString() {
        return "purse of " + account;
    }
}
