package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spi.Bytes;
import java.math.BigInteger;

/**
 * The proof that a payer sends: an authorization and its signature, in any spelling that has one meaning.
 *
 * @param authorization what was signed
 * @param signature as it came; its form is judged apart, because a bad one has an error code of its own
 */
record ExactPayload(Authorization authorization, Bytes signature) {
    static final int MAX_SIGNATURE_BYTES = 4096;
    private static final String POINTER = "/payload";
    private static final int MAX_DIGITS = 78;
    private static final String NUMBER = "a string of decimal digits below 2^256";

    /** @throws MalformedMessageException naming the member that is wrong, never quoting it */
    static ExactPayload parse(Json.Obj payload) {
        JsonCursor cursor = JsonCursor.at(POINTER, payload);
        if (isPermit2(payload)) {
            throw new MalformedMessageException(
                    POINTER + "/permit2Authorization",
                    payload.find("authorization").isPresent()
                            ? "only one of authorization and permit2Authorization"
                            : "nothing, because only EIP-3009 is served",
                    "an object");
        }
        JsonCursor authorization = cursor.member("authorization");
        byte[] signature = hex(cursor.member("signature"), MAX_SIGNATURE_BYTES);
        Address from = address(authorization.member("from"));
        Address to = address(authorization.member("to"));
        BigInteger value = number(authorization.member("value"));
        BigInteger validAfter = number(authorization.member("validAfter"));
        BigInteger validBefore = number(authorization.member("validBefore"));
        JsonCursor nonceCursor = authorization.member("nonce");
        byte[] nonce = hex(nonceCursor, Hex.WORD);
        if (nonce.length != Hex.WORD) {
            throw nonceCursor.malformed("0x and 64 hexadecimal digits");
        }
        return new ExactPayload(
                new Authorization(from, to, value, validAfter, validBefore, new Word(nonce)), Bytes.of(signature));
    }

    /** Whether the payload has the member of the other way to transfer. */
    static boolean isPermit2(Json.Obj payload) {
        return payload.find("permit2Authorization")
                .filter(member -> member != Json.Null.NULL)
                .isPresent();
    }

    /** Who pays and whether the signature is there, no more. */
    @Override
    public String toString() {
        return authorization + ", signature of " + signature.size() + " bytes";
    }

    private static Address address(JsonCursor cursor) {
        return Address.find(cursor.text()).orElseThrow(() -> cursor.malformed("0x and 40 hexadecimal digits"));
    }

    private static byte[] hex(JsonCursor cursor, int maxBytes) {
        byte[] bytes = Hex.parse(cursor.text(), maxBytes);
        if (bytes == null) {
            throw cursor.malformed("0x and pairs of hexadecimal digits, at most " + maxBytes + " bytes");
        }
        return bytes;
    }

    private static BigInteger number(JsonCursor cursor) {
        String text = cursor.text();
        int length = text.length();
        boolean canonical = length > 0 && length <= MAX_DIGITS && (length == 1 || text.charAt(0) != '0');
        for (int i = 0; canonical && i < length; i++) {
            canonical = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!canonical) {
            throw cursor.malformed(NUMBER);
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() > 256) {
            throw cursor.malformed(NUMBER);
        }
        return number;
    }
}
