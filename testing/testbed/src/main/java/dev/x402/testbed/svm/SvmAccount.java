package dev.x402.testbed.svm;

/**
 * An account whose key the whole world knows.
 *
 * @param address Base58 of the public key
 * @param secretKey Base58 of 64 bytes, the seed and the public key, as wallets export it; worthless on any real chain
 */
public record SvmAccount(String address, String secretKey) {

    /** Returns the address alone. */
    @Override
    public String toString() {
        return address;
    }
}
