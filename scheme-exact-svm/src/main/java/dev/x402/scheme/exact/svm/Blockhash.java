package dev.x402.scheme.exact.svm;

import java.util.Optional;

/**
 * The hash of a recent block, which ends a transaction's life some 150 blocks later.
 *
 * @param value 32 bytes, in the form of an account
 */
record Blockhash(SvmAddress value) {
    private static final Blockhash NONE = new Blockhash(SvmAddress.at(new byte[SvmAddress.SIZE], 0));

    /** The hash of this text: base 58 of exactly 32 bytes, not all 0. */
    static Optional<Blockhash> find(String text) {
        return SvmAddress.find(text).map(Blockhash::new).filter(hash -> !hash.equals(NONE));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
