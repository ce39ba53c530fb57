package dev.x402.scheme.exact.evm;

import java.util.Arrays;

/** 32 bytes, such as a nonce or a hash. */
final class Word {
    private final byte[] bytes;

    /** These bytes, which the caller gives away. */
    Word(byte[] bytes) {
        if (bytes.length != Hex.WORD) {
            throw new IllegalArgumentException("word: expected 32 bytes, saw " + bytes.length);
        }
        this.bytes = bytes;
    }

    void put(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, Hex.WORD);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Word word && Arrays.equals(bytes, word.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.of(bytes);
    }
}
