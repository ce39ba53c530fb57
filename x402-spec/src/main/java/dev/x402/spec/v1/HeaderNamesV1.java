package dev.x402.spec.v1;

/** The names of the HTTP headers of version 1; its challenge is the body. */
public final class HeaderNamesV1 {
    /** The payment, base64 of {@link PaymentPayloadV1}. */
    public static final String X_PAYMENT = "X-PAYMENT";

    /** The receipt, base64 of {@link SettleResponseV1}. */
    public static final String X_PAYMENT_RESPONSE = "X-PAYMENT-RESPONSE";

    private HeaderNamesV1() {}
}
