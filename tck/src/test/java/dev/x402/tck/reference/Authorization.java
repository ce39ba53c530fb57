package dev.x402.tck.reference;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.Network;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What a payer signs. */
record Authorization(
        Network network,
        String from,
        String to,
        String asset,
        AtomicAmount value,
        String nonce,
        long validBefore,
        String signature) {
    static Authorization read(Network network, JsonCursor payload) {
        JsonCursor at = payload.member("authorization");
        return new Authorization(
                network,
                hex(at.member("from"), "acct-", 8),
                hex(at.member("to"), "acct-", 8),
                at.member("asset").id(),
                at.member("value").amount(),
                hex(at.member("nonce"), "", 32),
                Integer.toUnsignedLong(at.member("validBefore").integer(1)),
                hex(payload.member("signature"), "", 64));
    }

    Json.Obj payload() {
        return Json.object()
                .put(
                        "authorization",
                        Json.object()
                                .put("from", from)
                                .put("to", to)
                                .put("asset", asset)
                                .put("value", value.toString())
                                .put("nonce", nonce)
                                .put("validBefore", validBefore)
                                .build())
                .put("signature", signature)
                .put("note", "thanks")
                .build();
    }

    Authorization signed(String secret) {
        return new Authorization(network, from, to, asset, value, nonce, validBefore, mac(secret));
    }

    boolean isSignedBy(String secret) {
        return signature.equals(mac(secret));
    }

    String right() {
        return from + "/" + nonce;
    }

    private String mac(String secret) {
        return sha256(String.join(
                "|", secret, network.toString(), from, to, asset, value.toString(), nonce, Long.toString(validBefore)));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(JsonCursor at, String prefix, int digits) {
        String text = at.id().toLowerCase(Locale.ROOT);
        if (!text.matches(prefix + "[0-9a-f]{" + digits + "}")) {
            throw at.malformed(prefix + " and " + digits + " hexadecimal digits");
        }
        return text;
    }
}
