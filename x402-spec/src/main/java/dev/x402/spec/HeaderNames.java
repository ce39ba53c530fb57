package dev.x402.spec;

/** The names of the HTTP headers of version 2 (HTTP transport of x402 v2). */
public final class HeaderNames {
    /** The challenge, base64 of {@link PaymentRequired}. */
    public static final String PAYMENT_REQUIRED = "PAYMENT-REQUIRED";

    /** The payment, base64 of {@link PaymentPayload}. */
    public static final String PAYMENT_SIGNATURE = "PAYMENT-SIGNATURE";

    /** The receipt, base64 of {@link SettleResponse}. */
    public static final String PAYMENT_RESPONSE = "PAYMENT-RESPONSE";

    /** What extensions say besides a facilitator's answer, base64 of an object. */
    public static final String EXTENSION_RESPONSES = "EXTENSION-RESPONSES";

    private HeaderNames() {}
}
