package dev.x402.scheme.exact.svm;

import dev.x402.spi.Payment;
import dev.x402.tck.RailControl;
import dev.x402.testbed.svm.SvmChain;
import dev.x402.testbed.svm.SvmStatus;
import dev.x402.testbed.svm.SvmToken;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A cluster that makes a slot in nearly a second as time passes; a blockhash lives nearly as long as the payer says. */
final class HeldCluster implements RailControl {
    private static final Duration SLOT = Duration.ofMillis(980);
    private static final int ENOUGH = 400; // whatever lives in slots is over then

    private final SvmChain chain;
    private final SvmToken token;
    private final LossyRpc rpc;
    private final SvmSigner feePayer;
    private Instant made;

    HeldCluster(SvmChain chain, SvmToken token, LossyRpc rpc, SvmSigner feePayer, Instant now) {
        this.chain = chain;
        this.token = token;
        this.rpc = rpc;
        this.feePayer = feePayer;
        this.made = now;
        chain.slotsByHand();
    }

    @Override
    public void tick(Instant now) {
        long slots = Duration.between(made, now).dividedBy(SLOT);
        if (slots > 0) {
            made = made.plus(SLOT.multipliedBy(slots));
            chain.advance(Math.toIntExact(Math.min(slots, ENOUGH)));
        }
    }

    @Override
    public void hold() {
        chain.holdTransactions();
    }

    @Override
    public void release() {
        chain.releaseTransactions();
    }

    @Override
    public void drop() {
        chain.dropAll();
    }

    /** Nobody but another replica of the facilitator can: it signs the same bytes. */
    @Override
    public void strangerSettles(Payment payment) {
        bringIn(payment);
    }

    /** The payer has nothing in that slot, and the transaction is used up by its failure. */
    @Override
    public void strangerBurns(Payment payment) {
        String payer = Judge.trusted(payment).shape().authority().toString();
        BigInteger purse = token.balance(payer);
        token.setBalance(payer, BigInteger.ZERO);
        bringIn(payment);
        token.setBalance(payer, purse);
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
        SvmStatus status = chain.status(reference).orElseThrow();
        chain.fork(Math.toIntExact(chain.slot() - status.slot() + 1));
    }

    private void bringIn(Payment payment) {
        WireTransaction sent = Judge.trusted(payment).transaction();
        WireTransaction signed = sent.signedBy(
                SvmAddress.of(feePayer.address()), feePayer.sign(sent.message().bytes()));
        String reference = chain.sendBlindly(Base64.getEncoder().encodeToString(signed.toBytes()));
        if (!chain.land(reference)) {
            throw new IllegalStateException("the transaction " + reference + " did not land");
        }
    }
}
