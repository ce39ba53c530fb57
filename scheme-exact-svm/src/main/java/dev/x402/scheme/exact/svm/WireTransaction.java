package dev.x402.scheme.exact.svm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A transaction as it travels: a place for each signature, filled or not, and the message. */
final class WireTransaction {
    /** The most bytes that a node takes. */
    static final int MAX_BYTES = 1_232;

    private final byte[] bytes;
    private final int signaturesAt;
    private final Message message;

    private WireTransaction(byte[] bytes, int signaturesAt, Message message) {
        this.bytes = bytes;
        this.signaturesAt = signaturesAt;
        this.message = message;
    }

    /**
     * Reads a transaction, legacy or of version 0, and nothing else.
     *
     * @throws dev.x402.spec.MalformedMessageException when the bytes are none; no other exception comes out
     */
    static WireTransaction parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw WireReader.malformed("at most " + MAX_BYTES + " bytes", bytes.length + " bytes");
        }
        WireReader in = new WireReader(bytes, 0);
        int signatures = in.length("signatures");
        int signaturesAt = in.at();
        in.bytes(signatures * Ed25519.SIGNATURE, "signatures");
        Message message = Message.parse(bytes, in.at());
        if (signatures != message.signers()) {
            throw WireReader.malformed(
                    "a signature for each of " + message.signers() + " signers", signatures + " signatures");
        }
        return new WireTransaction(bytes.clone(), signaturesAt, message);
    }

    /** The message without a signature yet. */
    static WireTransaction unsigned(Message message) {
        byte[] signed = message.bytes();
        int signaturesAt = 1; // fewer than 128 signers
        byte[] bytes = new byte[signaturesAt + message.signers() * Ed25519.SIGNATURE + signed.length];
        bytes[0] = (byte) message.signers();
        System.arraycopy(signed, 0, bytes, bytes.length - signed.length, signed.length);
        return new WireTransaction(bytes, signaturesAt, message);
    }

    Message message() {
        return message;
    }

    /** The 64 bytes in the place of this signer; zeros where nobody signed yet. */
    byte[] signature(int place) {
        int from = at(place);
        return Arrays.copyOfRange(bytes, from, from + Ed25519.SIGNATURE);
    }

    List<byte[]> signatures() {
        List<byte[]> signatures = new ArrayList<>();
        for (int i = 0; i < message.signers(); i++) {
            signatures.add(signature(i));
        }
        return signatures;
    }

    /** The same with this signature in the signer's place. */
    WireTransaction signedBy(SvmAddress signer, byte[] signature) {
        int place = message.accounts().indexOf(signer);
        if (place < 0 || !message.isSigner(place) || signature.length != Ed25519.SIGNATURE) {
            throw new IllegalArgumentException("signature of " + signer + ": expected 64 bytes of one of "
                    + message.signers() + " signers, saw " + signature.length + " bytes at place " + place);
        }
        byte[] signed = bytes.clone();
        System.arraycopy(signature, 0, signed, at(place), Ed25519.SIGNATURE);
        return new WireTransaction(signed, signaturesAt, message);
    }

    /** The network's name of the transaction, once the first signer signed: that signature in base 58. */
    String reference() {
        return Base58Text.of(signature(0));
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    private int at(int place) {
        return signaturesAt + place * Ed25519.SIGNATURE;
    }
}
