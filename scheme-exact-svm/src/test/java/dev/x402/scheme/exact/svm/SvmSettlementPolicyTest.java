package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Network;
import java.math.BigInteger;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SvmSettlementPolicyTest {
    private static final SvmSigner SIGNER = Keys.FEE_PAYER;

    @Test
    void a_network_is_a_cluster() {
        assertEquals(
                "network: expected solana: and 32 characters of a genesis hash, saw solana:devnet",
                refused(() -> SvmSettlementPolicy.of(Network.parse("solana:devnet"), SIGNER)));
    }

    @Test
    void a_network_has_fee_payers_as_many_as_are_read_in_one_call() {
        assertEquals(
                "feePayers of " + Offline.NETWORK + ": expected 1 to 50, saw 0",
                refused(() -> SvmSettlementPolicy.of(Offline.NETWORK)));
        assertEquals(
                "feePayers of " + Offline.NETWORK + ": expected 1 to 50, saw 51",
                refused(() -> SvmSettlementPolicy.of(
                        Offline.NETWORK, Collections.nCopies(51, SIGNER).toArray(SvmSigner[]::new))));
    }

    @Test
    void a_fee_payer_stands_once() {
        assertEquals(
                "feePayers of " + Offline.NETWORK + ": expected each once, saw one twice",
                refused(() -> SvmSettlementPolicy.of(Offline.NETWORK, SIGNER, Keys.OTHER_FEE_PAYER, SIGNER)));
    }

    @Test
    void limits_are_those_of_the_chain_and_of_the_reference() {
        SvmSettlementPolicy good = SvmSettlementPolicy.of(Offline.NETWORK, SIGNER);
        assertEquals(
                "limit of compute units: expected 1 to 1400000, saw 1400001",
                refused(() -> good.withLimits(1_400_001, BigInteger.ONE)));
        assertEquals(
                "limit of the price of a compute unit: expected 0 to 5000000 millionths of a lamport, saw 5000001",
                refused(() -> good.withLimits(1, BigInteger.valueOf(5_000_001))));
        assertEquals(
                "minBalance of " + Offline.NETWORK + ": expected 0 lamports or more, saw -1",
                refused(() -> good.withMinBalance(BigInteger.ONE.negate())));
    }

    @Test
    void a_network_has_one_policy() {
        SvmSettlementPolicy policy = SvmSettlementPolicy.of(Offline.NETWORK, SIGNER);
        assertEquals(
                "policies: expected one or more, each for another network",
                refused(() -> SvmFacilitatorConfig.of(policy, policy)));
    }

    private static String refused(Executable attempt) {
        return assertThrows(IllegalArgumentException.class, attempt).getMessage();
    }
}
