package dev.x402.tck.reference;

import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A facilitator whose own part is wrong on request. */
final class FlawedFacilitator implements Facilitator {
    private static final ErrorCode BUSY = new ErrorCode("busy");

    private final Facilitator right;
    private final Flaw flaw;
    private final Ledger ledger;
    private final Map<Json, Settlement.Settled> byProof = new ConcurrentHashMap<>();
    private final Map<PaymentRequirements, Settlement.Settled> byTerms = new ConcurrentHashMap<>();
    private final Map<String, Settlement.Settled> byRight = new ConcurrentHashMap<>();
    private final Map<Json, Instant> when = new ConcurrentHashMap<>();
    private final Map<Json, Instant> asked = new ConcurrentHashMap<>();
    private final Set<String> burnt = ConcurrentHashMap.newKeySet();
    private final Set<Json> busy = ConcurrentHashMap.newKeySet();
    private final Set<Json> crowd = ConcurrentHashMap.newKeySet();
    private final CountDownLatch second = new CountDownLatch(2);

    FlawedFacilitator(Facilitator right, Flaw flaw, Ledger ledger) {
        this.right = right;
        this.flaw = flaw;
        this.ledger = ledger;
    }

    @Override
    public SupportedResponse supported(Instant by) {
        return flaw == Flaw.KIND_UNLISTED
                ? new SupportedResponse(List.of(), List.of(), List.of(), Map.of(), Json.Obj.EMPTY)
                : right.supported(by);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        ledger.asked.set(true);
        try {
            return verified(payment, by);
        } finally {
            ledger.asked.set(false);
        }
    }

    private Verification verified(Payment payment, Instant by) {
        return switch (flaw) {
            case SCHEME_UNCHECKED -> right.verify(asked(payment, "scheme", "ledger"), by);
            case NETWORK_UNCHECKED -> right.verify(asked(payment, "network", "mem:1"), by);
            case SPELLING_REFUSED ->
                Spellings.isShouted(payment)
                        ? new Verification.Invalid(BUSY, "in a low voice only", false)
                        : right.verify(payment, by);
            case FORGERY_PASSES ->
                Spellings.isForged(payment)
                        ? new Verification.Valid("acct-0000000a", Json.Obj.EMPTY)
                        : right.verify(payment, by);
            default -> right.verify(payment, by);
        };
    }

    private static Payment asked(Payment payment, String member, String text) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(payment.requirements());
        PaymentRequirements ours = Codec.PAYMENT_REQUIREMENTS.of(wire.with(member, text));
        return new Payment(payment.payload(), ours, payment.tenant());
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        Json.Obj proof = payment.payload().payload();
        if (flaw == Flaw.SETTLING_THROWS_AT_NONSENSE && proof.members().containsValue(Json.Null.NULL)) {
            throw new IllegalStateException("null");
        }
        if (flaw == Flaw.REJECTS_WHILE_BUSY && Thread.currentThread().getName().startsWith("pool-")) {
            return crowded(payment, by);
        }
        if (Thread.currentThread().getName().startsWith("pool-")) {
            crowd.add(proof);
        }
        if (flaw == Flaw.FORGED_COPY_BURNS && burnt.contains(nonce(proof))) {
            return new Settlement.Rejected(BUSY, "burnt");
        }
        if (flaw == Flaw.EQUAL_TERMS_ARE_ONE_PAYMENT
                && !byProof.containsKey(proof)
                && byTerms.containsKey(payment.requirements())
                && !crowd.contains(proof)
                && right.verify(payment, by) instanceof Verification.Valid) {
            return byTerms.get(payment.requirements());
        }
        if (flaw == Flaw.FORGETS_WHAT_IT_SETTLED
                && when.containsKey(proof)
                && Duration.between(when.get(proof), by).toHours() > 1) {
            return new Settlement.Rejected(BUSY, "used");
        }
        ledger.settling.set(true);
        Settlement answer = right.settle(payment, by);
        ledger.settling.set(false);
        if (answer instanceof Settlement.Settled settled) {
            return remembered(payment, settled, by);
        }
        if (answer instanceof Settlement.Rejected rejected) {
            return rejected(payment, rejected);
        }
        if (flaw == Flaw.RETURN_IS_REJECTED && answer instanceof Settlement.Reversed reversed) {
            return new Settlement.Rejected(reversed.code(), "returned");
        }
        Instant first = asked.computeIfAbsent(proof, same -> by);
        if (flaw == Flaw.GIVES_UP_AFTER_A_DAY && Duration.between(first, by).toDays() >= 1) {
            return new Settlement.Rejected(BUSY, "given up");
        }
        boolean blind = answer instanceof Settlement.Pending pending && !pending.started();
        if ((flaw == Flaw.OUTAGE_IS_REJECTED && blind) || (flaw == Flaw.LOST_ANSWER_IS_REJECTED && ledger.hasLost())) {
            return new Settlement.Rejected(BUSY, "failed");
        }
        return answer;
    }

    private Settlement crowded(Payment payment, Instant by) {
        Json proof = payment.payload().payload();
        if (!busy.add(proof)) {
            second.countDown();
            return new Settlement.Rejected(BUSY, "busy");
        }
        try {
            second.countDown();
            second.await(1, TimeUnit.SECONDS);
            return right.settle(payment, by);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            busy.remove(proof);
        }
    }

    private Settlement remembered(Payment payment, Settlement.Settled settled, Instant by) {
        Json.Obj proof = payment.payload().payload();
        when.putIfAbsent(proof, by);
        byTerms.putIfAbsent(payment.requirements(), settled);
        Settlement.Settled first = byRight.putIfAbsent(nonce(proof), settled);
        boolean spelled = first != null && !byProof.containsKey(proof);
        byProof.putIfAbsent(proof, settled);
        Receipt receipt = settled.receipt();
        if (flaw == Flaw.SPELLING_IS_A_PAYMENT && spelled) {
            return new Settlement.Settled(
                    new Receipt(receipt.reference() + "'", receipt.payer(), receipt.amount(), receipt.extra()),
                    settled.stage());
        }
        if (flaw == Flaw.RECEIPT_NAMES_NO_PAYER) {
            return new Settlement.Settled(
                    new Receipt(receipt.reference(), "somebody", receipt.amount(), receipt.extra()), settled.stage());
        }
        return settled;
    }

    private Settlement rejected(Payment payment, Settlement.Rejected rejected) {
        String code = rejected.code().value();
        String settles = switch (flaw) {
            case FORGED_PROOF_SETTLES -> "ledger_signature";
            case OTHER_NETWORK_SETTLES -> "invalid_network";
            case EXPIRED_SETTLES -> "ledger_expired";
            case POVERTY_SETTLES -> "insufficient_funds";
            case ANSWERS_BY_KEY_ALONE -> "duplicate_settlement";
            default -> "";
        };
        if (code.equals("ledger_signature")) {
            burnt.add(nonce(payment.payload().payload()));
        }
        return code.equals(settles)
                ? new Settlement.Settled(
                        new Receipt(
                                "tx", "acct-0000000a", payment.requirements().amount(), Json.Obj.EMPTY),
                        Stage.FINAL)
                : rejected;
    }

    private static String nonce(Json.Obj proof) {
        return proof.cursor()
                .optional("authorization")
                .filter(at -> at.value() instanceof Json.Obj)
                .flatMap(at -> at.object().text("nonce"))
                .orElse("")
                .toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public void close() {
        right.close();
    }
}
