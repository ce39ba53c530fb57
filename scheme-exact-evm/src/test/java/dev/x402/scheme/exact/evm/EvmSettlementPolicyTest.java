package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Network;
import dev.x402.testbed.evm.DevAccounts;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class EvmSettlementPolicyTest {
    final EvmSigner signer = World.key(DevAccounts.facilitator());

    @Test
    void a_network_is_an_evm_chain_with_a_canonical_number() {
        assertEquals(
                "network: expected such as eip155:8453, saw solana:x",
                refused(() -> EvmSettlementPolicy.of(Network.parse("solana:x"), signer)));
        assertEquals(
                "network: expected such as eip155:8453, saw eip155:08453",
                refused(() -> EvmSettlementPolicy.of(Network.parse("eip155:08453"), signer)));
    }

    @Test
    void a_network_has_a_signer() {
        assertEquals(
                "signers of eip155:84532: expected one or more, saw none",
                refused(() -> EvmSettlementPolicy.of(World.NETWORK)));
    }

    @Test
    void a_signer_stands_once() {
        assertEquals(
                "signers of eip155:84532: expected each once, saw one twice",
                refused(() -> EvmSettlementPolicy.of(World.NETWORK, signer, signer)));
    }

    @Test
    void limits_are_positive() {
        String message = "policy of eip155:84532: expected confirmations from 0, gasCap and maxFeePerGas from 1,"
                + " maxPriorityFeePerGas from 0";
        EvmSettlementPolicy good = EvmSettlementPolicy.of(World.NETWORK, signer);
        assertEquals(message, refused(() -> good.withConfirmations(-1)));
        assertEquals(message, refused(() -> good.withGasCap(0)));
        assertEquals(message, refused(() -> good.withFees(BigInteger.ZERO, BigInteger.ZERO)));
        assertEquals(message, refused(() -> good.withFees(BigInteger.ONE, BigInteger.ONE.negate())));
    }

    @Test
    void a_network_has_one_policy() {
        EvmSettlementPolicy policy = EvmSettlementPolicy.of(World.NETWORK, signer);
        assertEquals(
                "policies: expected one or more, each for another network",
                refused(() -> EvmFacilitatorConfig.of(policy, policy)));
    }

    private static String refused(Executable attempt) {
        return assertThrows(IllegalArgumentException.class, attempt).getMessage();
    }
}
