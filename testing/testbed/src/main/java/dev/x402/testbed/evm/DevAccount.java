package dev.x402.testbed.evm;

/**
 * An account whose key the whole world knows.
 *
 * @param address checksummed, with {@code 0x}
 * @param privateKey 32 bytes in hex with {@code 0x}; worthless on any real chain
 */
public record DevAccount(String address, String privateKey) {

    /** Returns the address alone. */
    @Override
    public String toString() {
        return address;
    }
}
