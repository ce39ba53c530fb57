package dev.x402.scheme.exact.evm;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256, as Ethereum hashes. */
final class Keccak {
    private Keccak() {}

    static byte[] hash(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[Hex.WORD];
        digest.doFinal(hash, 0);
        return hash;
    }

    static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
