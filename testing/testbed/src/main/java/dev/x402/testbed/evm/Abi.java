package dev.x402.testbed.evm;

import java.math.BigInteger;
import java.util.Locale;

/** Writes and reads the few 32-byte words that the testbed itself needs. */
final class Abi {

    private static final int WORD = 64;

    private Abi() {}

    static String call(String selector, String... words) {
        return "0x" + selector + String.join("", words);
    }

    static String address(String address) {
        if (!address.matches("0x[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException(
                    "an address is 0x and 40 hex digits, not \"" + address + "\"; pass the 20 bytes in hex");
        }
        return padded(address.substring(2).toLowerCase(Locale.ROOT));
    }

    static String word(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > 256) {
            throw new IllegalArgumentException("a word holds 0 to 2^256-1, not " + number);
        }
        return padded(number.toString(16));
    }

    static String bytes32(String hex) {
        if (!hex.matches("0x[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "32 bytes are 0x and 64 hex digits, not \"" + hex + "\"; pass all of them");
        }
        return hex.substring(2);
    }

    static String quantity(BigInteger number) {
        return "0x" + number.toString(16);
    }

    static BigInteger number(String hex) {
        String digits = hex.substring(2);
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, 16);
    }

    private static String padded(String digits) {
        return "0".repeat(WORD - digits.length()) + digits;
    }
}
