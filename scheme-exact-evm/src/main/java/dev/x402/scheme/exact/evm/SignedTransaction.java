package dev.x402.scheme.exact.evm;

import dev.x402.spi.Bytes;
import dev.x402.spi.Signed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;

/**
 * An EIP-1559 transaction as it is stored: when it was signed, and its bytes.
 *
 * @param signedAt by our clock, to know later how long it has waited
 * @param raw as the node takes it
 * @param fees that it offers
 */
record SignedTransaction(Instant signedAt, Bytes raw, Fees fees) {
    private static final int FORMAT = 1;
    private static final byte TYPE = 2;

    /**
     * What a transaction offers for gas, in wei.
     *
     * @param max for base fee and tip together
     * @param tip for the block's producer
     */
    record Fees(BigInteger max, BigInteger tip) {
        /** The least that replaces these fees in every node's pool: an eighth more, rounded up. */
        Fees raised() {
            return new Fees(raised(max), raised(tip));
        }

        Fees atLeast(Fees other) {
            return new Fees(max.max(other.max), tip.max(other.tip));
        }

        private static BigInteger raised(BigInteger fee) {
            return fee.multiply(BigInteger.valueOf(9))
                    .add(BigInteger.valueOf(7))
                    .shiftRight(3)
                    .max(fee.add(BigInteger.ONE));
        }
    }

    /** Signs a transaction of no value. */
    static SignedTransaction sign(
            BigInteger chainId,
            long nonce,
            Address to,
            byte[] data,
            BigInteger gas,
            Fees fees,
            EvmSigner signer,
            Recovery recovery,
            Instant now) {
        Transaction1559 transaction = Transaction1559.createTransaction(
                chainId.longValueExact(),
                BigInteger.valueOf(nonce),
                gas,
                to.lower(),
                BigInteger.ZERO,
                Hex.of(data),
                fees.tip(),
                fees.max());
        Signature signature = Digests.sign(signer, Keccak.hash(encode(transaction, null)), recovery);
        byte[] bytes = signature.toBytes();
        Sign.SignatureData signed = new Sign.SignatureData(
                bytes[2 * Hex.WORD], Arrays.copyOf(bytes, Hex.WORD), Arrays.copyOfRange(bytes, Hex.WORD, 2 * Hex.WORD));
        return new SignedTransaction(now, Bytes.of(encode(transaction, signed)), fees);
    }

    /** Reads what {@link #toSigned} wrote. */
    static SignedTransaction read(Signed signed) {
        if (signed.format() != FORMAT) {
            throw new IllegalArgumentException("signed bytes of " + signed.reference() + ": expected format " + FORMAT
                    + ", saw " + signed.format() + "; a newer version wrote them");
        }
        ByteBuffer buffer = ByteBuffer.wrap(signed.bytes().toArray());
        Instant signedAt = Instant.ofEpochMilli(buffer.getLong());
        byte[] raw = new byte[buffer.remaining()];
        buffer.get(raw);
        if (TransactionDecoder.decode(Hex.of(raw)).getTransaction() instanceof Transaction1559 transaction) {
            return new SignedTransaction(
                    signedAt,
                    Bytes.of(raw),
                    new Fees(transaction.getMaxFeePerGas(), transaction.getMaxPriorityFeePerGas()));
        }
        throw new IllegalArgumentException(
                "signed bytes of " + signed.reference() + ": expected an EIP-1559 transaction, saw another");
    }

    /** The transaction's hash, known before it is sent. */
    String hash() {
        return Hex.of(Keccak.hash(raw.toArray()));
    }

    Signed toSigned() {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + raw.size())
                .putLong(signedAt.toEpochMilli())
                .put(raw.toArray())
                .array();
        return new Signed(hash(), FORMAT, Bytes.of(bytes));
    }

    private static byte[] encode(Transaction1559 transaction, Sign.@Nullable SignatureData data) {
        byte[] list = RlpEncoder.encode(new RlpList(transaction.asRlpValues(data)));
        byte[] typed = new byte[1 + list.length];
        typed[0] = TYPE;
        System.arraycopy(list, 0, typed, 1, list.length);
        return typed;
    }
}
