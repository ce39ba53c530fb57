package dev.x402.scheme.exact.evm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** An account or contract: 20 bytes, compared as bytes, printed with the checksum of EIP-55. */
final class Address {
    static final int SIZE = 20;
    static final Address ZERO = new Address(new byte[SIZE]);

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Any spelling of {@code 0x} and 40 digits; a checksum is not looked at. */
    static Optional<Address> find(String text) {
        if (text.length() != 2 + 2 * SIZE) {
            return Optional.empty();
        }
        byte[] bytes = Hex.parse(text, SIZE);
        return bytes == null ? Optional.empty() : Optional.of(new Address(bytes));
    }

    /** The last 20 bytes of the hash of a public key, uncompressed and without prefix. */
    static Address ofPublicKey(byte[] key64) {
        byte[] hash = Keccak.hash(key64);
        return new Address(Arrays.copyOfRange(hash, Hex.WORD - SIZE, Hex.WORD));
    }

    /** The last 20 of the first 32 bytes. */
    static Address ofWord(byte[] data) {
        return new Address(Arrays.copyOfRange(data, Hex.WORD - SIZE, Hex.WORD));
    }

    /** Whether the text is in one case, or has the right checksum. */
    static boolean isWellSpelled(String text) {
        String digits = text.substring(2);
        return digits.equals(digits.toLowerCase(Locale.ROOT))
                || digits.equals(digits.toUpperCase(Locale.ROOT))
                || find(text).map(address -> address.toString().equals(text)).orElse(false);
    }

    boolean isZero() {
        return equals(ZERO);
    }

    void putWord(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset + Hex.WORD - SIZE, SIZE);
    }

    byte[] word() {
        byte[] word = new byte[Hex.WORD];
        putWord(word, 0);
        return word;
    }

    String lower() {
        return Hex.of(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        char[] digits = HexFormat.of().formatHex(bytes).toCharArray();
        byte[] hash = Keccak.hash(new String(digits).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < digits.length; i++) {
            int nibble = hash[i / 2] >> ((i & 1) == 0 ? 4 : 0) & 0xf;
            if (nibble >= 8) {
                digits[i] = Character.toUpperCase(digits[i]);
            }
        }
        return "0x" + new String(digits);
    }
}
