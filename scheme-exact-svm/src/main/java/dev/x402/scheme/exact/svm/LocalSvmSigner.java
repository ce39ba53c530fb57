package dev.x402.scheme.exact.svm;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** A key in this process's memory; never printed, and signing is deterministic (RFC 8032). */
public final class LocalSvmSigner implements SvmSigner {
    private static final int SIZE = 64;

    private final byte[] seed;
    private final SvmAddress address;

    private LocalSvmSigner(byte[] seed, SvmAddress address) {
        this.seed = seed;
        this.address = address;
    }

    /**
     * The key of 64 bytes in base 58, as wallets write it.
     *
     * @param secretKey the secret of 32 bytes, then the account that belongs to it
     *
     * @throws IllegalArgumentException when it is no key, or of another account; the message does not repeat it
     */
    public static LocalSvmSigner parse(String secretKey) {
        requireNonNull(secretKey, "secretKey");
        byte[] pair = Base58Text.parse(secretKey.strip(), SIZE);
        if (pair == null) {
            throw new IllegalArgumentException(
                    "secret key: expected base 58 of 64 bytes, saw " + secretKey.length() + " characters that are not");
        }
        byte[] seed = Arrays.copyOf(pair, Ed25519.SEED);
        SvmAddress address = Ed25519.account(seed);
        if (!address.equals(SvmAddress.at(pair, Ed25519.SEED))) {
            throw new IllegalArgumentException("secret key: expected 32 bytes and the account that belongs to them,"
                    + " saw another account; check that it was copied whole");
        }
        return new LocalSvmSigner(seed, address);
    }

    @Override
    public String address() {
        return address.toString();
    }

    @Override
    public byte[] sign(byte[] message) {
        return Ed25519.sign(seed, message);
    }

    /** The account, never the key. */
    @Override
    public String toString() {
        return "local key of " + address;
    }
}
