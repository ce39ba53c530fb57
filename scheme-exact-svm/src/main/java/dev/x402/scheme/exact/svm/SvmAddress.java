package dev.x402.scheme.exact.svm;

import java.util.Arrays;
import java.util.Optional;

/** An account, a program or a mint: 32 bytes, printed in base 58. */
final class SvmAddress {
    static final int SIZE = 32;

    private final byte[] bytes;

    private SvmAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The account of this text, when it is base 58 of exactly 32 bytes. */
    static Optional<SvmAddress> find(String text) {
        byte[] bytes = Base58Text.parse(text, SIZE);
        return bytes == null ? Optional.empty() : Optional.of(new SvmAddress(bytes));
    }

    /** A constant. */
    static SvmAddress of(String text) {
        return find(text).orElseThrow(() -> new IllegalArgumentException(text + ": expected base 58 of 32 bytes"));
    }

    /** The 32 bytes from there on. */
    static SvmAddress at(byte[] source, int offset) {
        return new SvmAddress(Arrays.copyOfRange(source, offset, offset + SIZE));
    }

    void put(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, SIZE);
    }

    byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SvmAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Base58Text.of(bytes);
    }
}
