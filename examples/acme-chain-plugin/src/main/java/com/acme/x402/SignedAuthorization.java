package com.acme.x402;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.Kind;
import dev.x402.spi.Payment;

/**
 * The wire member {@code payload} of a payment.
 *
 * @param authorization by the payer
 * @param signature of the payer; not yet verified
 */
record SignedAuthorization(Authorization authorization, String signature) {

    /** Reads a payload; scheme and network are those of the seller's offer. */
    static SignedAuthorization of(Payment payment) {
        return parse(payment.payload().payloadCursor(), payment.kind());
    }

    static SignedAuthorization parse(JsonCursor at, Kind kind) {
        return new SignedAuthorization(
                Authorization.parse(at.member("authorization"), kind),
                Hex.at(at.member("signature"), Ed25519.SIGNATURE_BYTES));
    }

    static SignedAuthorization sign(Authorization authorization, AcmeWallet wallet) {
        return new SignedAuthorization(authorization, Hex.of(wallet.sign(authorization.toBytes())));
    }

    boolean isAuthentic() {
        return Ed25519.verifies(authorization.from(), authorization.toBytes(), signature);
    }

    Json.Obj toJson() {
        return Json.Obj.EMPTY.with("authorization", authorization.toJson()).with("signature", signature);
    }

    /** The authorization without the signature, with which anybody could send it. */
    @Override
    public String toString() {
        return "SignedAuthorization[" + authorization + "]";
    }
}
