package com.acme.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.Kind;
import dev.x402.spi.Bytes;
import dev.x402.spi.Signed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A transaction of the ledger: a payer's authorization, sent by an account that need not be the payer.
 *
 * @param payment by the payer
 * @param amount that moves
 * @param sender account that sends it
 * @param signature of the sender
 */
record Transfer(SignedAuthorization payment, AtomicAmount amount, String sender, String signature) {
    /** The number of the form of {@link #toBytes()}; a later version reads this one as well. */
    static final int FORMAT = 1;

    static Transfer sign(SignedAuthorization payment, AtomicAmount amount, AcmeWallet wallet) {
        String signature = Hex.of(wallet.sign(message(payment, amount)));
        return new Transfer(payment, amount, wallet.account(), signature);
    }

    /** Reads what {@link #toBytes()} wrote. */
    static Transfer parse(byte[] bytes) {
        JsonCursor at = JsonCursor.at("", Codec.JSON.read(bytes));
        Kind kind = new Kind(at.member("scheme").id(), at.member("network").network());
        return new Transfer(
                SignedAuthorization.parse(at, kind),
                at.member("move").amount(),
                Hex.at(at.member("sender"), Ed25519.KEY_BYTES),
                Hex.at(at.member("senderSignature"), Ed25519.SIGNATURE_BYTES));
    }

    /** The transaction of an attempt, in any form that this scheme ever wrote. */
    static Transfer of(Signed signed) {
        if (signed.format() != FORMAT) {
            throw new IllegalArgumentException("transaction " + signed.reference() + ": expected format " + FORMAT
                    + ", saw " + signed.format() + "; a newer version of this plugin wrote it");
        }
        return parse(signed.bytes().toArray());
    }

    boolean isAuthentic() {
        return Ed25519.verifies(sender, message(payment, amount), signature);
    }

    byte[] toBytes() {
        Kind kind = payment.authorization().kind();
        Json.Obj json = payment.toJson()
                .with("scheme", kind.scheme())
                .with("network", kind.network().toString())
                .with("move", amount.toString())
                .with("sender", sender)
                .with("senderSignature", signature);
        return Codec.JSON.write(json);
    }

    /** The ledger's name of the transaction, known before it is sent. */
    String id() {
        try {
            return Hex.of(MessageDigest.getInstance("SHA-256").digest(toBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Signed toSigned() {
        return new Signed(id(), FORMAT, Bytes.of(toBytes()));
    }

    private static byte[] message(SignedAuthorization payment, AtomicAmount amount) {
        String text = "acme transfer 1\n" + amount + "\n" + payment.signature();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
