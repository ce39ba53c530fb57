package dev.x402.interop.kit;

import dev.x402.tck.SchemeFixture;
import dev.x402.tck.SettleRules;
import dev.x402.tck.TckEnvironment;
import dev.x402.tck.VerifyRules;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.EvmNode;

/** The rules for verifying and settling, of whichever facilitator the run names; {@link KitTest} runs them. */
final class Judged implements VerifyRules, SettleRules {
    /** The chain that the facilitator settles on, and who pays; set before a run. */
    static volatile EvmNode node;

    static volatile DevAccount payer;

    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new PeerFixture(node, payer, env);
    }
}
