package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Slot;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs the transaction of a slot: the payment, or a transfer of nothing that only uses the slot up.
 *
 * <p>A payment is declined only while nothing of it was signed; later, a slot whose payment would fail is used up.
 */
final class Preparer {
    private static final BigInteger DEFAULT_TIP = BigInteger.TEN.pow(9);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final Judge judge;
    private final Recovery recovery;
    private final Clock clock;
    private final Function<Payment, PaymentKey> keys;
    private final GasLimits limits;

    Preparer(Judge judge, Recovery recovery, Clock clock, Function<Payment, PaymentKey> keys) {
        this.judge = judge;
        this.recovery = recovery;
        this.clock = clock;
        this.keys = keys;
        this.limits = new GasLimits(clock);
    }

    Preparation prepare(Nodes.Session session, EvmSettlementPolicy policy, Movement movement) {
        Slot slot = movement.last()
                .slot()
                .orElseThrow(() -> new IllegalArgumentException(
                        "movement " + movement.id() + ": expected a slot of " + policy.network() + ", saw none"));
        EvmSigner signer = signer(policy, slot);
        Address sender = Address.find(slot.lane().signer()).orElseThrow();
        boolean fresh = movement.attempts().stream()
                .allMatch(attempt -> attempt.signed().isEmpty());
        Optional<SignedTransfer> transfer = Optional.empty();
        for (Payment payment : movement.payments()) {
            if (fresh && judge.judge(payment) instanceof Judge.Judgement.Refused refused) {
                return declined(payment, refused.why());
            }
            transfer = Optional.of(judge.trusted(payment));
        }
        Quote quote = quote(session, policy, sender, transfer);
        boolean pays = transfer.isPresent() && quote.verification instanceof Verification.Valid;
        if (transfer.isPresent() && fresh && !(pays && quote.affordable())) {
            Payment payment = movement.payments().get(0);
            Verification why = pays ? quote.unaffordable() : quote.verification;
            if (pays || !paidAlready(session, transfer.get(), quote)) {
                return declined(payment, why);
            }
        }
        SignedTransaction.Fees fees = fees(policy, movement, slot, quote);
        return SignedTransaction.sign(
                        Token.chainId(policy.network()).orElseThrow(),
                        slot.sequence(),
                        pays ? transfer.get().token().contract() : sender,
                        pays ? transfer.get().callData() : NOTHING,
                        pays ? quote.gas : idleGas(session, sender),
                        fees,
                        signer,
                        recovery,
                        clock.instant())
                .toSigned();
    }

    /** Under a limit that is known to do, the transfer is called once; only where that fails is it estimated. */
    private Quote quote(
            Nodes.Session session, EvmSettlementPolicy policy, Address sender, Optional<SignedTransfer> transfer) {
        Optional<BigInteger> known = transfer.flatMap(signed -> limits.known(policy.network(), signed));
        if (known.isPresent()) {
            Quote quote = new Quote(session, policy, sender, transfer, known);
            if (quote.verification instanceof Verification.Valid) {
                return quote;
            }
        }
        Quote quote = new Quote(session, policy, sender, transfer, Optional.empty());
        if (transfer.isPresent() && quote.verification instanceof Verification.Valid) {
            limits.estimated(policy.network(), transfer.get(), quote.gas);
        }
        return quote;
    }

    /** Whether somebody else sent the authorization after it was verified: then looking will find it landed. */
    private static boolean paidAlready(Nodes.Session session, SignedTransfer transfer, Quote quote) {
        return quote.verification instanceof Verification.Invalid invalid
                && invalid.code().equals(Codes.NONCE_USED)
                && Strangers.effect(session, transfer, quote.head)
                        .filter(Effect::paid)
                        .isPresent();
    }

    private SignedTransaction.Fees fees(EvmSettlementPolicy policy, Movement movement, Slot slot, Quote quote) {
        SignedTransaction.Fees fees = quote.fees();
        for (Attempt earlier : movement.attempts()) {
            if (earlier.signed().isPresent() && earlier.slot().equals(Optional.of(slot))) {
                fees = fees.atLeast(
                        SignedTransaction.read(earlier.signed().get()).fees().raised());
            }
        }
        if (fees.max().compareTo(policy.maxFeePerGas()) > 0) {
            throw new RailUnavailableException(policy.network() + ": a replacement needs " + fees.max()
                    + " wei of gas fee, over the limit of " + policy.maxFeePerGas() + "; waiting for lower fees");
        }
        return fees;
    }

    private static BigInteger idleGas(Nodes.Session session, Address sender) {
        return margin(session.call(List.of(Calls.estimateGas(sender, sender, NOTHING)))
                .quantity(0));
    }

    private static BigInteger margin(BigInteger gas) {
        return gas.add(gas.shiftRight(2));
    }

    private Declined declined(Payment payment, Verification why) {
        return new Declined(Map.of(keys.apply(payment), why));
    }

    private static EvmSigner signer(EvmSettlementPolicy policy, Slot slot) {
        Optional<Address> wanted = Address.find(slot.lane().signer());
        return policy.signers().stream()
                .filter(signer -> Address.find(signer.address()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("signers of " + policy.network() + ": expected "
                        + slot.lane().signer() + ", saw no such key; it was removed while its transactions were open"));
    }

    /** What the chain says of a transaction to be signed; one batch. */
    private static final class Quote {
        private static final int TRANSFER = 3;
        private final EvmSettlementPolicy policy;
        private final BigInteger head;
        private final BigInteger baseFee;
        private final BigInteger tip;
        private final BigInteger purse;
        private final BigInteger gas;
        private final Verification verification;

        /** With a known limit of gas, which is tried; else the gas is estimated. */
        Quote(
                Nodes.Session session,
                EvmSettlementPolicy policy,
                Address sender,
                Optional<SignedTransfer> transfer,
                Optional<BigInteger> known) {
            this.policy = policy;
            List<EvmRpc.Call> calls =
                    new ArrayList<>(List.of(Calls.block(Calls.LATEST), Calls.tip(), Calls.balance(sender)));
            Optional<Simulation> simulation = transfer.map(signed -> new Simulation(signed, sender, policy.gasCap()));
            simulation.ifPresent(s -> calls.addAll(known.map(s::under).orElseGet(s::estimating)));
            Answers answers = session.call(calls);
            head = answers.quantity(0, "number");
            baseFee = answers.quantity(0, "baseFeePerGas");
            tip = (answers.refusal(1).isPresent() ? DEFAULT_TIP : answers.quantity(1))
                    .min(policy.maxPriorityFeePerGas());
            purse = answers.quantity(2);
            Verification judged = simulation
                    .map(s -> s.judge(answers, TRANSFER))
                    .orElseGet(() -> new Verification.Valid(sender.toString(), Json.Obj.EMPTY));
            BigInteger estimate = known.orElse(BigInteger.ZERO);
            if (known.isEmpty() && simulation.isPresent() && judged instanceof Verification.Valid) {
                estimate = margin(answers.quantity(TRANSFER));
                if (estimate.bitLength() > 63 || estimate.longValueExact() > policy.gasCap()) {
                    judged = new Verification.Invalid(
                            Codes.SIMULATION,
                            "the transfer: expected at most " + policy.gasCap() + " gas, saw " + estimate,
                            true);
                }
            }
            gas = estimate;
            verification = judged;
        }

        SignedTransaction.Fees fees() {
            BigInteger max = baseFee.shiftLeft(1).add(tip).min(policy.maxFeePerGas());
            return new SignedTransaction.Fees(max, tip.min(max));
        }

        boolean affordable() {
            return baseFee.add(tip).compareTo(policy.maxFeePerGas()) <= 0
                    && gas.multiply(fees().max()).compareTo(purse) <= 0;
        }

        Verification unaffordable() {
            return new Verification.Unavailable(
                    baseFee.add(tip).compareTo(policy.maxFeePerGas()) > 0
                            ? policy.network() + ": gas costs " + baseFee.add(tip) + " wei, over the limit of "
                                    + policy.maxFeePerGas() + "; waiting for lower fees"
                            : policy.network() + ": the signer has " + purse + " wei, too little for the gas; fund it",
                    LATER);
        }
    }
}
