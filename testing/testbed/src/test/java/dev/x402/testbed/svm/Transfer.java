package dev.x402.testbed.svm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A payment of a token in the legacy format, signed by the JDK alone. */
final class Transfer {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int TRANSFER_CHECKED = 12;

    private Transfer() {}

    /** Returns a payment of the first payer to the payee for which the first fee payer pays, in base64. */
    static String of(SvmNode node, SvmMint mint, long amount, String blockhash) {
        return base64(signed(message(node, mint, amount, blockhash)));
    }

    /** Returns the same with the payer's signature spoiled. */
    static String forged(SvmNode node, SvmMint mint, long amount, String blockhash) {
        byte[] wire = signed(message(node, mint, amount, blockhash));
        wire[1 + 64] ^= 1;
        return base64(wire);
    }

    private static byte[] message(SvmNode node, SvmMint mint, long amount, String blockhash) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {2, 1, 2, 6});
        message.writeBytes(key(SvmAccounts.feePayer().address()));
        message.writeBytes(key(SvmAccounts.payer().address()));
        message.writeBytes(key(node.token(mint).account(SvmAccounts.payer().address())));
        message.writeBytes(key(node.token(mint).account(SvmAccounts.PAYEE.address())));
        message.writeBytes(key(mint.address()));
        message.writeBytes(key(mint.program().address()));
        message.writeBytes(key(blockhash));
        message.writeBytes(new byte[] {1, 5, 4, 2, 4, 3, 1, 10});
        message.writeBytes(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) TRANSFER_CHECKED)
                .putLong(amount)
                .put((byte) mint.decimals())
                .array());
        return message.toByteArray();
    }

    private static byte[] signed(byte[] message) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.write(2);
        wire.writeBytes(signature(SvmAccounts.feePayer(), message));
        wire.writeBytes(signature(SvmAccounts.payer(), message));
        wire.writeBytes(message);
        return wire.toByteArray();
    }

    private static byte[] signature(SvmAccount account, byte[] message) {
        byte[] seed = Arrays.copyOf(key(account.secretKey()), 32);
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            EdECPrivateKeySpec key = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
            ed25519.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(key));
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has no Ed25519", impossible);
        }
    }

    private static String base64(byte[] wire) {
        return Base64.getEncoder().encodeToString(wire);
    }

    /** Returns the bytes of a Base58 text of 32 or 64 bytes. */
    static byte[] key(String base58) {
        BigInteger number = BigInteger.ZERO;
        for (char letter : base58.toCharArray()) {
            number = number.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(letter)));
        }
        byte[] bytes = number.toByteArray();
        byte[] whole = new byte[base58.length() > 44 ? 64 : 32];
        int length = Math.min(bytes.length, whole.length);
        System.arraycopy(bytes, bytes.length - length, whole, whole.length - length, length);
        return whole;
    }
}
