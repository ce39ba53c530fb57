package dev.x402.scheme.ach;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Bytes;

/**
 * A mandate with the payer's signature of it, the evidence when a debit is disputed.
 *
 * @param mandate what was agreed
 * @param signature 64 bytes, by the mandate's own key
 */
public record SignedMandate(Mandate mandate, Bytes signature) {
    public SignedMandate {
        requireNonNull(mandate, "mandate");
        if (signature.size() != Ed25519.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("signature: expected 64 bytes, saw " + signature.size());
        }
    }

    /**
     * Reads what {@link #toJson} wrote; the signature is not verified yet.
     *
     * @throws dev.x402.spec.MalformedMessageException naming the member that is wrong
     */
    public static SignedMandate parse(JsonCursor at) {
        return new SignedMandate(
                Mandate.parse(at.member("mandate")), Hex.at(at.member("signature"), Ed25519.SIGNATURE_BYTES));
    }

    /** The mandate as a payer sends it. */
    public Json.Obj toJson() {
        return Json.Obj.EMPTY.with("mandate", mandate.toJson()).with("signature", Hex.of(signature));
    }

    /** Whether the mandate's key signed it. */
    public boolean isAuthentic() {
        return Ed25519.verifies(mandate.key(), mandate.toBytes().toArray(), signature);
    }
}
