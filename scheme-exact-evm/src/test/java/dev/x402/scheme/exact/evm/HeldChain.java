package dev.x402.scheme.exact.evm;

import dev.x402.spi.Payment;
import dev.x402.tck.RailControl;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmChain;
import dev.x402.testbed.evm.EvmReceipt;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A chain whose blocks come when time passes; while it holds, a block has no room for any transaction.
 *
 * <p>Block times never run ahead of the kit's clock by more than the blocks that were wanted at once.
 */
final class HeldChain implements RailControl {
    private static final BigInteger ROOM = BigInteger.valueOf(30_000_000);
    private static final BigInteger NO_ROOM = BigInteger.valueOf(20_000); // less than the cheapest transaction

    private final EvmChain chain;
    private final LossyRpc rpc;
    private final LocalEvmSigner payer;
    private volatile boolean held;

    HeldChain(EvmChain chain, LossyRpc rpc, LocalEvmSigner payer) {
        this.chain = chain;
        this.rpc = rpc;
        this.payer = payer;
        chain.mineByHand();
    }

    @Override
    public void tick(Instant now) {
        if (now.getEpochSecond() > chain.time().getEpochSecond()) {
            mine(now, !held);
        }
    }

    @Override
    public void hold() {
        held = true;
    }

    @Override
    public void release() {
        held = false;
    }

    @Override
    public void drop() {
        chain.dropAll();
    }

    @Override
    public void land(String reference) {
        chain.dropAll();
        chain.send(rpc.raw(reference).orElseThrow());
        mineNow();
    }

    @Override
    public void strangerSettles(Payment payment) {
        bringIn(DevAccounts.STRANGER.address(), World.transfer(payment).callData());
    }

    /** The payer cancels the authorization. */
    @Override
    public void strangerBurns(Payment payment) {
        bringIn(payer.address(), Cancellation.of(World.transfer(payment), payer).callData());
    }

    @Override
    public void loseNextAnswer() {
        rpc.loseNextAnswer();
    }

    @Override
    public void outage(boolean on) {
        rpc.outage(on);
    }

    @Override
    public void reorganise(String reference) {
        EvmReceipt receipt = chain.receipt(reference).orElseThrow();
        chain.reorganize(Math.toIntExact(chain.blockNumber() - receipt.block() + 1));
    }

    /** Mines this transaction alone; what waited waits on. */
    private void bringIn(String from, byte[] data) {
        List<String> waiting =
                chain.mempool().stream().flatMap(hash -> rpc.raw(hash).stream()).toList();
        chain.dropAll();
        String hash = chain.sendUnsigned(from, TestDollar.ADDRESS, Hex.of(data));
        mineNow();
        if (!chain.receipt(hash).orElseThrow().succeeded()) {
            throw new IllegalStateException("the transaction " + hash + " failed");
        }
        waiting.forEach(chain::send);
    }

    private void mineNow() {
        mine(chain.time().plusSeconds(1), true);
    }

    private void mine(Instant at, boolean room) {
        chain.setNextBlockTime(at);
        if (room) {
            chain.mine();
            return;
        }
        chain.call("evm_setBlockGasLimit", Hex.quantity(NO_ROOM));
        try {
            chain.mine();
        } finally {
            chain.call("evm_setBlockGasLimit", Hex.quantity(ROOM));
        }
    }
}
