package dev.x402.scheme.exact.svm;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a facilitator settles on one cluster.
 *
 * @param network a cluster, such as {@code solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp}
 * @param feePayers whose signatures carry the payments, offered in turn; use these keys for nothing else
 * @param maxComputeUnits the most that a payer's transaction may ask for, 1 to 1,400,000
 * @param maxPrice the most that it may bid for a compute unit, in millionths of a lamport, at most 5,000,000
 * @param minBalance in lamports; a fee payer with less is not offered to sellers any more
 */
public record SvmSettlementPolicy(
        Network network, List<SvmSigner> feePayers, long maxComputeUnits, BigInteger maxPrice, BigInteger minBalance) {
    private static final BigInteger HUNDREDTH = BigInteger.TEN.pow(7); // of SOL: some 2,000 transfers
    private static final int MOST = 50; // their balances are read in one call

    public SvmSettlementPolicy {
        requireNonNull(network, "network");
        requireNonNull(minBalance, "minBalance");
        feePayers = List.copyOf(feePayers);
        if (!SvmRail.isCluster(network)) {
            throw new IllegalArgumentException(
                    "network: expected solana: and 32 characters of a genesis hash, saw " + network);
        }
        if (feePayers.isEmpty() || feePayers.size() > MOST) {
            throw new IllegalArgumentException(
                    "feePayers of " + network + ": expected 1 to " + MOST + ", saw " + feePayers.size());
        }
        for (SvmSigner feePayer : feePayers) {
            if (SvmAddress.find(feePayer.address()).isEmpty()) {
                throw new IllegalArgumentException(
                        "feePayers of " + network + ": expected an address in base 58 of 32 bytes");
            }
        }
        if (accounts(feePayers).size() < feePayers.size()) {
            throw new IllegalArgumentException("feePayers of " + network + ": expected each once, saw one twice");
        }
        if (minBalance.signum() < 0) {
            throw new IllegalArgumentException(
                    "minBalance of " + network + ": expected 0 lamports or more, saw " + minBalance);
        }
        new Limits(maxComputeUnits, maxPrice);
    }

    /** The defaults: 400,000 compute units, a lamport for each, and a hundredth of a SOL. */
    public static SvmSettlementPolicy of(Network network, SvmSigner... feePayers) {
        return new SvmSettlementPolicy(network, List.of(feePayers), Limits.COMPUTE_UNITS, Limits.PRICE, HUNDREDTH);
    }

    /** With other limits of what a transaction may cost. */
    public SvmSettlementPolicy withLimits(long computeUnits, BigInteger price) {
        return new SvmSettlementPolicy(network, feePayers, computeUnits, price, minBalance);
    }

    /** With another balance under which a fee payer is not offered any more, in lamports. */
    public SvmSettlementPolicy withMinBalance(BigInteger lamports) {
        return new SvmSettlementPolicy(network, feePayers, maxComputeUnits, maxPrice, lamports);
    }

    FeePayers accounts() {
        return new FeePayers(accounts(feePayers), new Limits(maxComputeUnits, maxPrice));
    }

    private static Set<SvmAddress> accounts(List<SvmSigner> signers) {
        return signers.stream().map(signer -> SvmAddress.of(signer.address())).collect(Collectors.toUnmodifiableSet());
    }
}
