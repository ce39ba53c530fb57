package dev.x402.scheme.exact.evm;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/**
 * How a facilitator settles on one network.
 *
 * @param network an {@code eip155} network
 * @param signers whose transactions carry the payments, one lane each; use these keys for nothing else
 * @param confirmations blocks, the including one counted, after which a transaction is final; 0 leaves it to the
 *     chain's own {@code finalized} block
 * @param gasCap the most gas that a transaction may be given
 * @param maxFeePerGas in wei; nothing is sent while the base fee is above
 * @param maxPriorityFeePerGas in wei; the most of a suggestion that is followed
 * @param stallAfter how long a transaction may wait before its fee is raised
 */
public record EvmSettlementPolicy(
        Network network,
        List<EvmSigner> signers,
        int confirmations,
        long gasCap,
        BigInteger maxFeePerGas,
        BigInteger maxPriorityFeePerGas,
        Duration stallAfter) {
    private static final long GAS_CAP = 500_000;
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final Duration STALL = Duration.ofSeconds(15);

    public EvmSettlementPolicy {
        requireNonNull(network, "network");
        requireNonNull(maxFeePerGas, "maxFeePerGas");
        requireNonNull(maxPriorityFeePerGas, "maxPriorityFeePerGas");
        requireNonNull(stallAfter, "stallAfter");
        signers = List.copyOf(signers);
        if (Token.chainId(network).isEmpty()) {
            throw new IllegalArgumentException("network: expected such as eip155:8453, saw " + network);
        }
        if (signers.isEmpty()) {
            throw new IllegalArgumentException("signers of " + network + ": expected one or more, saw none");
        }
        for (EvmSigner signer : signers) {
            if (Address.find(signer.address()).isEmpty()) {
                throw new IllegalArgumentException(
                        "signers of " + network + ": expected an address of 0x and 40 digits");
            }
        }
        if (signers.stream()
                        .map(signer -> Address.find(signer.address()))
                        .distinct()
                        .count()
                < signers.size()) {
            throw new IllegalArgumentException("signers of " + network + ": expected each once, saw one twice");
        }
        if (confirmations < 0 || gasCap < 1 || maxFeePerGas.signum() < 1 || maxPriorityFeePerGas.signum() < 0) {
            throw new IllegalArgumentException("policy of " + network
                    + ": expected confirmations from 0, gasCap and maxFeePerGas from 1, maxPriorityFeePerGas from 0");
        }
    }

    /** The defaults: the finalized block, 500,000 gas, 100 gwei, 50 gwei, 15 seconds. */
    public static EvmSettlementPolicy of(Network network, EvmSigner... signers) {
        return new EvmSettlementPolicy(
                network,
                List.of(signers),
                0,
                GAS_CAP,
                GWEI.multiply(BigInteger.valueOf(100)),
                GWEI.multiply(BigInteger.valueOf(50)),
                STALL);
    }

    /** With a transaction final after so many blocks; 1 for a local chain that never reorganises. */
    public EvmSettlementPolicy withConfirmations(int blocks) {
        return new EvmSettlementPolicy(
                network, signers, blocks, gasCap, maxFeePerGas, maxPriorityFeePerGas, stallAfter);
    }

    /** With another limit of gas. */
    public EvmSettlementPolicy withGasCap(long gas) {
        return new EvmSettlementPolicy(
                network, signers, confirmations, gas, maxFeePerGas, maxPriorityFeePerGas, stallAfter);
    }

    /** With other limits of fees, in wei. */
    public EvmSettlementPolicy withFees(BigInteger max, BigInteger priority) {
        return new EvmSettlementPolicy(network, signers, confirmations, gasCap, max, priority, stallAfter);
    }

    /** With another patience before a fee is raised. */
    public EvmSettlementPolicy withStallAfter(Duration patience) {
        return new EvmSettlementPolicy(
                network, signers, confirmations, gasCap, maxFeePerGas, maxPriorityFeePerGas, patience);
    }
}
