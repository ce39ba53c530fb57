package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import java.math.BigInteger;

/**
 * The right of anybody to move an amount once between accounts, in a time (EIP-3009).
 *
 * @param from who pays
 * @param to who is paid
 * @param value below 2<sup>256</sup>
 * @param validAfter seconds; valid in blocks whose time is later
 * @param validBefore seconds; valid in blocks whose time is earlier
 * @param nonce 32 bytes
 */
record Authorization(
        Address from, Address to, BigInteger value, BigInteger validAfter, BigInteger validBefore, Word nonce) {
    private static final byte[] TYPE = Keccak.hash("TransferWithAuthorization(address from,address to,uint256 value,"
            + "uint256 validAfter,uint256 validBefore,bytes32 nonce)");

    /** The struct's hash as EIP-712 has it. */
    byte[] structHash() {
        byte[] encoded = new byte[7 * Hex.WORD];
        System.arraycopy(TYPE, 0, encoded, 0, Hex.WORD);
        putWords(encoded, Hex.WORD);
        return Keccak.hash(encoded);
    }

    /** The six members as words, which is both their ABI encoding and their EIP-712 encoding. */
    void putWords(byte[] target, int offset) {
        from.putWord(target, offset);
        to.putWord(target, offset + Hex.WORD);
        Hex.putWord(target, offset + 2 * Hex.WORD, value);
        Hex.putWord(target, offset + 3 * Hex.WORD, validAfter);
        Hex.putWord(target, offset + 4 * Hex.WORD, validBefore);
        nonce.put(target, offset + 5 * Hex.WORD);
    }

    Json.Obj toJson() {
        return Json.Obj.EMPTY
                .with("from", from.toString())
                .with("to", to.toString())
                .with("value", value.toString())
                .with("validAfter", validAfter.toString())
                .with("validBefore", validBefore.toString())
                .with("nonce", nonce.toString());
    }

    /** The payer, not the terms. */
    @Override
    public String toString() {
        return "authorization of " + from;
    }
}
