package dev.x402.scheme.ach;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The wire member {@code payload} of a payment.
 *
 * @param authorization by the payer
 * @param signature of the payer, 64 bytes; not verified yet
 */
record SignedAuthorization(Authorization authorization, Bytes signature) {
    private static final int ID_BYTES = 16;

    /** @throws dev.x402.spec.MalformedMessageException naming the member that is wrong, never quoting it */
    static SignedAuthorization of(Payment payment) {
        JsonCursor at = payment.payload().payloadCursor();
        return new SignedAuthorization(
                Authorization.parse(at.member("authorization")),
                Hex.at(at.member("signature"), Ed25519.SIGNATURE_BYTES));
    }

    /** Originator, mandate and the payer's nonce. */
    PaymentKey key() {
        return new PaymentKey(Ach.NETWORK + "/" + authorization.originator() + "/" + authorization.mandate() + "/"
                + Hex.of(authorization.nonce()));
    }

    /** The key as banks can carry it: 32 hexadecimal digits of its SHA-256. */
    String endToEndId() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(key().value().getBytes(StandardCharsets.UTF_8));
            return Hex.of(Bytes.of(Arrays.copyOf(digest, ID_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform has it", e);
        }
    }

    boolean isSignedBy(Bytes key) {
        return Ed25519.verifies(key, authorization.toBytes().toArray(), signature);
    }

    Json.Obj toJson() {
        return Json.Obj.EMPTY.with("authorization", authorization.toJson()).with("signature", Hex.of(signature));
    }
}
