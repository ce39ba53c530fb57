package dev.x402.scheme.exact.evm;

import dev.x402.spi.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A signature of a wallet that may not be on the chain yet (EIP-6492).
 *
 * @param factory who brings it there
 * @param factoryCall by these bytes
 * @param signature for the wallet
 */
record Counterfactual(Address factory, Bytes factoryCall, Bytes signature) {
    private static final byte[] MAGIC = magic();
    private static final int HEAD = 3;

    private static byte[] magic() {
        byte[] magic = new byte[Hex.WORD];
        for (int i = 0; i < magic.length; i += 2) {
            magic[i] = 0x64;
            magic[i + 1] = (byte) 0x92;
        }
        return magic;
    }

    /** Whether the last word says so. */
    static boolean isWrapped(byte[] bytes) {
        return bytes.length >= Hex.WORD
                && Arrays.equals(bytes, bytes.length - Hex.WORD, bytes.length, MAGIC, 0, Hex.WORD);
    }

    /** Null when what is before the last word is no factory, call and signature. */
    static @Nullable Counterfactual parse(byte[] wrapped) {
        byte[] abi = Arrays.copyOf(wrapped, wrapped.length - Hex.WORD);
        if (abi.length < HEAD * Hex.WORD) {
            return null;
        }
        BigInteger factory = Words.at(abi, 0);
        byte[] call = Words.bytes(abi, 0, Hex.WORD);
        byte[] signature = Words.bytes(abi, 0, 2 * Hex.WORD);
        if (factory.bitLength() > 8 * Address.SIZE || call == null || signature == null) {
            return null;
        }
        return new Counterfactual(Address.ofWord(abi), Bytes.of(call), Bytes.of(signature));
    }

    /** Not the signature. */
    @Override
    public String toString() {
        return "a signature of a wallet by " + factory;
    }
}
