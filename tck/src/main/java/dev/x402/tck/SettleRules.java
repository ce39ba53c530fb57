package dev.x402.tck;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.Settlement;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for settling: by the kit's small engine over a scheme, or by any facilitator over HTTP. */
public interface SettleRules extends RuleKit {
    /** An honest payment moves the money. */
    @SpecRule(
            id = "X402-SETTLE-01",
            level = Level.MUST,
            spec = "v2 §7.2",
            quote = "Executes a verified payment by broadcasting the transaction to the blockchain.",
            intent = "a settled payment moved the receipt's amount from payer to payee",
            does = "settles an honest payment and compares the balances",
            causes = {
                "success is reported when the transaction is only sent",
                "the receipt shows the offer, not what moved"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_01_theMoneyMoves(Bench bench) {
        Payment payment = bench.pay();
        Balances before = bench.balances();
        Receipt receipt = Settled.receipt(bench, payment);
        Balances after = bench.balances();
        bench.check(
                before.moved(receipt.amount().value(), after),
                "settled an honest payment",
                "payer -" + receipt.amount() + ", payee +" + receipt.amount(),
                before.until(after));
    }

    /** The receipt says who paid, how much at most, and where to look. */
    @SpecRule(
            id = "X402-SETTLE-02",
            level = Level.MUST,
            spec = "v2 §5.3",
            derived =
                    "the receipt is the payer's and the payee's only proof, so it names the payer and the transaction",
            intent = "a receipt names the payer, a transaction, and no more than was offered",
            does = "settles an honest payment and reads the receipt",
            causes = {"the payer is the facilitator", "the reference is empty", "the amount is not in the smallest unit"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_02_theReceiptTells(Bench bench) {
        Payment payment = bench.pay();
        Receipt receipt = Settled.receipt(bench, payment);
        String payer = bench.fixture().payer();
        bench.check(
                receipt.payer().equals(payer),
                "settled an honest payment",
                "payer " + payer,
                "payer " + receipt.payer());
        bench.check(!receipt.reference().isBlank(), "settled an honest payment", "a transaction", "an empty reference");
        bench.check(
                receipt.amount().compareTo(payment.requirements().amount()) <= 0,
                "settled an honest payment of " + payment.requirements().amount(),
                "no more in the receipt",
                receipt.amount().toString());
    }

    /** Exactly what was offered. */
    @SpecRule(
            id = "X402-SETTLE-03",
            level = Level.MUST,
            spec = "v2 §6.1.2(3)",
            quote = "Ensure the payment amount exactly matches the required amount",
            intent = "exactly the offered amount moves",
            does = "settles an honest payment and compares the receipt with the offer",
            causes = {"a fee is taken out of the payment"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.FULL_AMOUNT})
    default void settle_03_theWholeAmountMoves(Bench bench) {
        Payment payment = bench.pay();
        Balances before = bench.balances();
        Settlement settlement = bench.settle(payment);
        bench.control(settlement instanceof Settlement.Settled, "settling ended as " + Bench.told(settlement));
        BigInteger got = bench.balances().payee().subtract(before.payee());
        bench.check(
                got.equals(payment.requirements().amount().value()),
                "settled an honest payment",
                "payee +" + payment.requirements().amount(),
                "payee +" + got);
    }

    /** Asking again is the status query. */
    @SpecRule(
            id = "X402-SETTLE-04",
            level = Level.MUST,
            spec = "v2 §10.1",
            derived = "an answer can be lost, so whoever settles asks again; one authorization is one movement",
            intent = "settling again moves nothing and gives the same receipt",
            does = "settles one payment three times and lets time pass between",
            causes = {"a nonce that was used is reported as a failure", "a second transaction is made"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_04_askingAgainMovesNothing(Bench bench) {
        Payment payment = bench.control("paying the offer", bench::pay);
        Receipt first = Settled.granted(bench, payment);
        Balances before = bench.balances();
        String step = "settled a payment again that was settled before";
        for (int i = 0; i < 2; i++) {
            bench.pass(Duration.ofHours(12));
            bench.doing(step);
            Settlement again = bench.settle(payment);
            bench.check(
                    again instanceof Settlement.Settled settled
                            && settled.receipt().reference().equals(first.reference()),
                    step,
                    "Settled, with the receipt of the first time",
                    Bench.told(again));
        }
        Balances after = bench.balances();
        bench.check(after.equals(before), step, "no movement", before.until(after));
    }

    /** Many at once. */
    @SpecRule(
            id = "X402-SETTLE-05",
            level = Level.MUST,
            spec = "v2 §10.1",
            derived = "a payer may send one authorization to many servers at once; one authorization is one movement",
            intent = "settling from many threads moves the money once",
            does = "settles one payment from eight threads at once",
            causes = {"look, then act", "state of the scheme that two threads share"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_05_manyThreadsMoveItOnce(Bench bench) {
        Settled.granted(bench, bench.control("paying the offer", bench::pay));
        Payment payment = bench.pay();
        Balances before = bench.balances();
        String step = "settled one payment from eight threads at once";
        bench.doing(step);
        List<Settlement> first = Crowd.run(8, number -> bench.facilitator().settle(payment, bench.by()));
        for (Settlement answer : first) {
            boolean fine = answer instanceof Settlement.Settled || answer instanceof Settlement.Pending;
            bench.check(fine, step, "Settled or Pending for each", Bench.told(answer));
        }
        bench.settle(payment);
        List<Settlement> answers = Crowd.run(8, number -> bench.facilitator().settle(payment, bench.by()));
        Set<String> references = new HashSet<>();
        for (Settlement answer : answers) {
            bench.check(answer instanceof Settlement.Settled, step, "Settled for each", Bench.told(answer));
            references.add(((Settlement.Settled) answer).receipt().reference());
        }
        bench.check(references.size() == 1, step, "one transaction", references.size() + " transactions");
        Balances after = bench.balances();
        BigInteger amount =
                ((Settlement.Settled) answers.get(0)).receipt().amount().value();
        bench.check(before.paid(amount, after), step, "payee +" + amount, before.until(after));
    }

    /** Settling without verifying is as safe. */
    @SpecRule(
            id = "X402-SETTLE-06",
            level = Level.MUST,
            spec = "v2 §7.2",
            derived = "nothing obliges who settles to have verified before, so settling judges for itself",
            intent = "settling without verifying moves no forged payment",
            does = "settles payments with each leaf altered, without verifying them",
            causes = {"settling trusts that somebody verified", "the settlement is built from the requirements alone"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_06_aForgedProofIsRefused(Bench bench) {
        bench.showSettling();
        Payment payment = bench.pay();
        Forged.leaves(bench, payment).forEach(bench::mustNotSettle);
    }

    /** Other terms. */
    @SpecRule(
            id = "X402-SETTLE-07",
            level = Level.MUST,
            spec = "v2 §6.1.2(5)",
            quote = "Confirm authorization parameters match the original payment requirements",
            intent = "settling moves nothing when the requirements are others than were signed",
            does = "settles a payment against more, another payee, asset, network and scheme, without verifying",
            causes = {"the terms are compared in verifying only"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_07_otherTermsAreRefused(Bench bench) {
        bench.showSettling();
        Payment payment = bench.pay();
        PaymentRequirements terms = payment.requirements();
        bench.mustNotSettle("of 1 less than is asked", Forged.shownTo(payment, Forged.amount(terms, 1)));
        bench.mustNotSettle(
                "that pays somebody else",
                Forged.shownTo(payment, Forged.payTo(terms, bench.fixture().stranger())));
        bench.mustNotSettle("of another asset", Forged.shownTo(payment, Forged.asset(terms, "no-such-asset")));
        bench.mustNotSettle(
                "of another network",
                Forged.shownTo(
                        payment,
                        Forged.kind(
                                terms,
                                terms.scheme(),
                                Forged.otherNetworks(terms).get(0))));
        bench.mustNotSettle(
                "of another scheme", Forged.shownTo(payment, Forged.kind(terms, "no-such-scheme", terms.network())));
    }

    /** A settled payment at another seller. */
    @SpecRule(
            id = "X402-SETTLE-08",
            level = Level.MUST,
            spec = "v2 §10.1",
            derived = "a payment that was used buys nothing else, whoever asks",
            intent = "a payment that was settled is refused for another offer",
            does = "settles a payment, then shows it to an offer of another payee and another amount",
            causes = {"the answer is looked up by the payment's key alone"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_08_anotherOfferIsRefused(Bench bench) {
        Payment payment = bench.control("paying the offer", bench::pay);
        Settled.granted(bench, payment);
        PaymentRequirements other = Forged.amount(
                Forged.payTo(payment.requirements(), bench.fixture().stranger()), 7);
        String step = "settled a payment for another offer than it was settled for";
        bench.doing(step);
        Balances before = bench.balances();
        Settlement again = bench.settle(Forged.shownTo(payment, other));
        bench.check(!(again instanceof Settlement.Settled), step, "Rejected", Bench.told(again));
        Balances after = bench.balances();
        bench.check(after.equals(before), step, "no movement", before.until(after));
    }

    /** Other spellings. */
    @SpecRule(
            id = "X402-SETTLE-09",
            level = Level.MUST,
            spec = "v2 §10.1",
            derived = "whoever holds a payment can spell it otherwise; spelling makes no second authorization",
            intent = "another spelling of a payment is no second payment",
            does = "settles a payment in every spelling: order, case, base64, unsigned leaves",
            causes = {"a cache is keyed by text that has several spellings"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_09_aSpellingIsNoSecondPayment(Bench bench) {
        Payment payment = bench.control("paying the offer", bench::pay);
        Balances before = bench.balances();
        Receipt first = Settled.granted(bench, payment);
        for (Map.Entry<String, Payment> spelled :
                Forged.spellings(bench, payment).entrySet()) {
            String step = "settled the payment again " + spelled.getKey();
            bench.doing(step);
            Settlement again = bench.settle(spelled.getValue());
            bench.check(
                    !(again instanceof Settlement.Settled settled)
                            || settled.receipt().reference().equals(first.reference()),
                    step,
                    "the first receipt, or Rejected",
                    Bench.told(again));
        }
        Balances after = bench.balances();
        bench.check(
                before.paid(first.amount().value(), after),
                "settled one payment in several spellings",
                "payee +" + first.amount(),
                before.until(after));
    }

    /** Two payments. */
    @SpecRule(
            id = "X402-SETTLE-10",
            level = Level.MUST,
            spec = "v2 §7.2",
            derived = "a payer may buy the same thing twice, and means it when it signs twice",
            intent = "two payments of one offer are two movements",
            does = "settles two payments of the same offer",
            causes = {"payments of equal terms are taken for one"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_10_twoPaymentsMoveTwice(Bench bench) {
        Balances before = bench.control("paying the offer", () -> {
            bench.afford(bench.offer().amount());
            return bench.balances();
        });
        Receipt one = Settled.granted(bench, bench.pay());
        String step = "settled a second payment of the same offer";
        bench.doing(step);
        Settlement second = bench.settle(bench.pay());
        bench.check(second instanceof Settlement.Settled, step, "Settled", Bench.told(second));
        BigInteger sum = one.amount()
                .value()
                .add(((Settlement.Settled) second).receipt().amount().value());
        Balances after = bench.balances();
        bench.check(before.paid(sum, after), step, "payee +" + sum + " in all", before.until(after));
    }

    /** A forged copy does not burn the payment. */
    @SpecRule(
            id = "X402-SETTLE-11",
            level = Level.MUST,
            spec = "v2 §10.1",
            derived = "anybody can send a broken copy of what they saw; it must not cost the payer the payment",
            intent = "a refused copy does not burn the honest payment",
            does = "settles forged copies first, then the honest payment",
            causes = {"the key is marked as used before the signature is checked"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_11_aForgedCopyBurnsNothing(Bench bench) {
        Payment payment = bench.control("paying the offer", bench::pay);
        String step = "settled forged copies of a payment, then the payment";
        bench.doing(step);
        Forged.leaves(bench, payment).values().forEach(bench::settle);
        Settlement honest = bench.settle(payment);
        bench.check(honest instanceof Settlement.Settled, step, "Settled", Bench.told(honest));
    }

    /** An expired payment. */
    @SpecRule(
            id = "X402-SETTLE-12",
            level = Level.MUST,
            spec = "v2 §10.1",
            quote = "Authorizations have explicit valid time windows to limit their lifetime",
            intent = "an expired payment moves nothing",
            does = "settles a payment at its liveUntil, without verifying",
            causes = {"the end is looked at in verifying only, and the rail does not know it"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.EXPIRES})
    default void settle_12_anExpiredPaymentIsRefused(Bench bench) {
        bench.showSettling();
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        SchemePayload signed = bench.sign(offer);
        bench.passUntil(signed.liveUntil());
        bench.mustNotSettle("whose liveUntil is over", bench.wrap(signed, offer));
    }

    /** A payer without the money. */
    @SpecRule(
            id = "X402-SETTLE-13",
            level = Level.MUST,
            spec = "v2 §6.1.2(2)",
            quote = "Confirm the payer has sufficient token balance for the transfer",
            intent = "a payment that the payer cannot afford is not settled",
            does = "settles a payment of 1 more than the payer has, without verifying",
            causes = {"success is reported when the rail refuses"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.KNOWN_BALANCE})
    default void settle_13_aPoorPayerIsRefused(Bench bench) {
        bench.showSettling();
        bench.mustNotSettle("of 1 more than the payer has", Poor.payment(bench));
    }

    /** An outage is no refusal. */
    @SpecRule(
            id = "X402-SETTLE-14",
            level = Level.MUST,
            spec = "v2 §7.2",
            derived = "who hears that a payment failed signs a new one; while nobody knows, that would pay twice",
            intent = "while the rail cannot be asked, a payment has not failed, and it settles afterwards",
            does = "cuts the rail off, settles, lets it come back, and settles again",
            causes = {"an exception of the rail becomes a failure"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.OUTAGES})
    default void settle_14_anOutageIsNoRefusal(Bench bench) {
        Payment payment = bench.accepted();
        bench.fixture().rail().outage(true);
        String step = "settled an honest payment while the rail cannot be asked";
        bench.doing(step);
        Settlement blind = bench.facilitator().settle(payment, bench.by());
        bench.fixture().rail().outage(false);
        bench.check(blind instanceof Settlement.Pending, step, "Pending", Bench.told(blind));
        Settlement later = bench.settle(payment);
        bench.check(later instanceof Settlement.Settled, step + ", and again afterwards", "Settled", Bench.told(later));
    }

    /** A lost answer. */
    @SpecRule(
            id = "X402-SETTLE-15",
            level = Level.MUST,
            spec = "v2 §7.2",
            derived = "a sending whose answer is lost may have arrived; only a look at the rail can tell",
            intent = "a settlement whose sending was not answered ends once, as settled",
            does = "loses the answer of the sending and settles until it is no longer pending",
            causes = {"an exception in sending becomes a failure", "the payment is sent again as a new transaction"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.LOST_ANSWERS})
    default void settle_15_aLostAnswerIsFound(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        bench.fixture().rail().loseNextAnswer();
        String step = "settled a payment and lost the answer of the sending";
        bench.doing(step);
        Settlement settlement = bench.settle(payment);
        bench.check(settlement instanceof Settlement.Settled, step, "Settled", Bench.told(settlement));
        BigInteger amount = ((Settlement.Settled) settlement).receipt().amount().value();
        Balances after = bench.balances();
        bench.check(before.paid(amount, after), step, "payee +" + amount, before.until(after));
    }

    /** Nonsense in settling. */
    @SpecRule(
            id = "X402-SETTLE-16",
            level = Level.MUST,
            spec = "v2 §9",
            quote = "Payment payload is malformed or contains invalid data",
            intent = "whatever stands in the payload, settling answers with a value and moves nothing",
            does = "settles payloads with nonsense in each leaf, without verifying",
            causes = {"settling reads the payload by other code than verifying"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void settle_16_nonsenseIsRefused(Bench bench) {
        bench.showSettling();
        Forged.nonsense(bench, bench.pay()).forEach(bench::mustNotSettle);
    }
}
