package dev.x402.scheme.exact.svm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Accounts that a program derives from seeds and that nobody has the key of. */
final class Pda {
    private static final byte[] MARKER = "ProgramDerivedAddress".getBytes(StandardCharsets.US_ASCII);

    private Pda() {}

    /** The associated token account of an owner, under the program of the mint. */
    static SvmAddress tokenAccount(SvmAddress owner, SvmAddress mint, SvmAddress tokenProgram) {
        return derive(Programs.ASSOCIATED_TOKEN, owner, tokenProgram, mint);
    }

    /** The first hash that is no point of the curve, by the largest bump. */
    static SvmAddress derive(SvmAddress program, SvmAddress... seeds) {
        int bumpAt = seeds.length * SvmAddress.SIZE;
        byte[] input = new byte[bumpAt + 1 + SvmAddress.SIZE + MARKER.length];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i].put(input, i * SvmAddress.SIZE);
        }
        program.put(input, bumpAt + 1);
        System.arraycopy(MARKER, 0, input, bumpAt + 1 + SvmAddress.SIZE, MARKER.length);
        for (int bump = 255; bump >= 0; bump--) {
            input[bumpAt] = (byte) bump;
            byte[] hash = sha256(input);
            if (!Ed25519.isPoint(hash)) {
                return SvmAddress.at(hash, 0);
            }
        }
        throw new IllegalStateException("no bump gives an account without a key, which nobody ever saw happen");
    }

    static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("SHA-256 is in every JDK", absent);
        }
    }
}
