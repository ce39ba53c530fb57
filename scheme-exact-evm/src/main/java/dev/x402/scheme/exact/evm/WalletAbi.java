package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The calls by which wallets are asked, encoded by hand. */
final class WalletAbi {
    private static final byte[] IS_VALID_SIGNATURE = Arrays.copyOf(Keccak.hash("isValidSignature(bytes32,bytes)"), 4);
    private static final byte[] AGGREGATE3 = Arrays.copyOf(Keccak.hash("aggregate3((address,bool,bytes)[])"), 4);
    private static final int SELECTOR = 4;

    private WalletAbi() {}

    static byte[] isValidSignature(byte[] digest, byte[] signature) {
        byte[] call = Arrays.copyOf(IS_VALID_SIGNATURE, SELECTOR + 3 * Hex.WORD + padded(signature.length));
        System.arraycopy(digest, 0, call, SELECTOR, Hex.WORD);
        number(call, SELECTOR + Hex.WORD, 2 * Hex.WORD);
        bytes(call, SELECTOR + 2 * Hex.WORD, signature);
        return call;
    }

    /** Whether the answer begins with the selector of what was asked, alone in its word. */
    static boolean isYes(byte[] answer) {
        byte[] yes = Arrays.copyOf(IS_VALID_SIGNATURE, Hex.WORD);
        return answer.length >= Hex.WORD && Arrays.equals(yes, 0, Hex.WORD, answer, 0, Hex.WORD);
    }

    /** A call, whatever comes of it, then another. */
    static byte[] afterwards(Address first, byte[] firstCall, Address second, byte[] secondCall) {
        int one = 4 * Hex.WORD + padded(firstCall.length);
        int two = 4 * Hex.WORD + padded(secondCall.length);
        int list = SELECTOR + 2 * Hex.WORD;
        byte[] call = Arrays.copyOf(AGGREGATE3, list + 2 * Hex.WORD + one + two);
        number(call, SELECTOR, Hex.WORD);
        number(call, SELECTOR + Hex.WORD, 2);
        number(call, list, 2 * Hex.WORD);
        number(call, list + Hex.WORD, 2 * Hex.WORD + one);
        tolerant(call, list + 2 * Hex.WORD, first, firstCall);
        tolerant(call, list + 2 * Hex.WORD + one, second, secondCall);
        return call;
    }

    /** What the second of two calls returned; null when it failed. */
    static byte @Nullable [] second(byte[] answer) {
        int list = Words.place(answer, 0, 0);
        if (list < 0 || !Words.at(answer, list).equals(BigInteger.TWO)) {
            return null;
        }
        int items = list + Hex.WORD;
        int item = Words.place(answer, items, items + Hex.WORD);
        return item >= 0 && Words.at(answer, item).equals(BigInteger.ONE)
                ? Words.bytes(answer, item, item + Hex.WORD)
                : null;
    }

    private static void tolerant(byte[] call, int at, Address target, byte[] data) {
        target.putWord(call, at);
        number(call, at + Hex.WORD, 1);
        number(call, at + 2 * Hex.WORD, 3 * Hex.WORD);
        bytes(call, at + 3 * Hex.WORD, data);
    }

    private static void bytes(byte[] call, int at, byte[] data) {
        number(call, at, data.length);
        System.arraycopy(data, 0, call, at + Hex.WORD, data.length);
    }

    private static void number(byte[] call, int at, int value) {
        Hex.putWord(call, at, BigInteger.valueOf(value));
    }

    private static int padded(int length) {
        return (length + Hex.WORD - 1) / Hex.WORD * Hex.WORD;
    }
}
