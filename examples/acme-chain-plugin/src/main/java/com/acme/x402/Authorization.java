package com.acme.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a payer signs: one right to move money.
 *
 * @param kind scheme and network; the ledger moves all of an {@code exact} amount, at most all of a {@code metered} one
 * @param asset that moves
 * @param from account of the payer
 * @param to account of the payee
 * @param amount that may move
 * @param sender the only account that may send it; empty when anybody may
 * @param nonce used up by the first transfer, whatever the asset
 * @param validUntil the last block time, in seconds since 1970, at which the ledger takes it
 */
record Authorization(
        Kind kind,
        String asset,
        String from,
        String to,
        AtomicAmount amount,
        String sender,
        String nonce,
        long validUntil) {
    static final int NONCE_BYTES = 16;
    private static final int LONGEST_TIME = 12;

    /** Reads it in its one spelling: bytes in lower case. */
    static Authorization parse(JsonCursor at, Kind kind) {
        JsonCursor until = at.member("validUntil");
        if (until.amount().toString().length() > LONGEST_TIME) {
            throw until.malformed("seconds since 1970, at most " + LONGEST_TIME + " digits");
        }
        return new Authorization(
                kind,
                at.member("asset").id(),
                Hex.at(at.member("from"), Ed25519.KEY_BYTES),
                Hex.at(at.member("to"), Ed25519.KEY_BYTES),
                at.member("amount").amount(),
                at.optional("sender").map(s -> Hex.at(s, Ed25519.KEY_BYTES)).orElse(""),
                Hex.at(at.member("nonce"), NONCE_BYTES),
                until.amount().value().longValueExact());
    }

    Json.Obj toJson() {
        Json.Obj json = Json.Obj.EMPTY
                .with("asset", asset)
                .with("from", from)
                .with("to", to)
                .with("amount", amount.toString())
                .with("nonce", nonce)
                .with("validUntil", Long.toString(validUntil));
        return sender.isEmpty() ? json : json.with("sender", sender);
    }

    /** The signed bytes: every member on its line, so that no two authorizations have the same. */
    byte[] toBytes() {
        return String.join(
                        "\n",
                        "acme payment 1",
                        kind.scheme(),
                        kind.network().toString(),
                        asset,
                        from,
                        to,
                        amount.toString(),
                        sender,
                        nonce,
                        Long.toString(validUntil))
                .getBytes(StandardCharsets.UTF_8);
    }

    boolean isExpiredAt(Instant time) {
        return time.getEpochSecond() > validUntil;
    }
}
