package dev.x402.tck;

import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules for the name of a payment, which seller, facilitator and payer compute alike. */
public interface KeyRules extends RuleKit {
    /** One payment, one key. */
    @SpecRule(
            id = "X402-KEY-01",
            level = Level.MUST,
            spec = "PaymentScheme.key",
            derived = "seller and facilitator run in different processes and must agree on the key",
            intent = "the key is a function of the payment alone",
            does = "computes the key of one payment by two instances of the scheme, and again a day later",
            causes = {"an object's identity or a clock is in the key"},
            needs = {Capability.CLIENT})
    default void key_01_oneKeyForOnePayment(Bench bench) {
        Payment payment = bench.pay();
        String step = "computed the key of one payment with another instance, a day later";
        bench.doing(step);
        PaymentKey first = bench.scheme().key(payment);
        bench.pass(Duration.ofDays(1));
        PaymentKey second = bench.fixture().scheme().key(payment);
        bench.check(first.equals(second), step, "the same key", "another key");
    }

    /** A thousand payments. */
    @SpecRule(
            id = "X402-KEY-02",
            level = Level.MUST,
            spec = "v2 §10.1",
            quote = "Each authorization includes a unique 32-byte nonce to prevent replay attacks",
            intent = "a thousand payments of one offer have a thousand keys",
            does = "signs one offer a thousand times and counts the keys",
            causes = {"the nonce is a time", "the key lacks the nonce", "too little randomness"},
            needs = {Capability.CLIENT})
    default void key_02_aThousandPaymentsAThousandKeys(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        String step = "signed one offer a thousand times";
        bench.doing(step);
        Set<PaymentKey> keys = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            PaymentPayload sent =
                    PaymentPayload.of(null, offer, bench.sign(offer).payload());
            keys.add(bench.scheme().key(Payment.of(sent, offer)));
        }
        bench.check(keys.size() == 1_000, step, "1000 keys", keys.size() + " keys");
    }

    /** Terms are no part of it. */
    @SpecRule(
            id = "X402-KEY-03",
            level = Level.MUST,
            spec = "PaymentKey",
            derived =
                    "one right to move money is one key, whoever asks for it and on what terms; else it is claimed twice",
            intent = "the seller's terms are no part of the key",
            does = "shows one payment to an offer of another amount and payee and compares the keys",
            causes = {"the amount or the payee of the requirements is in the key"},
            needs = {Capability.CLIENT})
    default void key_03_termsAreNoPart(Bench bench) {
        Payment payment = bench.pay();
        String step = "computed the key of a payment that is shown to another offer";
        bench.doing(step);
        PaymentKey own = bench.scheme().key(payment);
        PaymentRequirements other = Forged.amount(
                Forged.payTo(payment.requirements(), bench.fixture().stranger()), 5);
        bench.check(
                own.equals(bench.scheme().key(Forged.shownTo(payment, other))), step, "the same key", "another key");
        bench.check(
                own.equals(bench.scheme().key(Forged.judgedBy(payment, other))), step, "the same key", "another key");
    }

    /** Spelling is no part of it. */
    @SpecRule(
            id = "X402-KEY-04",
            level = Level.MUST,
            spec = "PaymentKey",
            derived = "whoever holds a payment can spell it otherwise; a key that follows the spelling buys twice",
            intent = "another spelling of a payment has the same key, or is refused",
            does = "computes the key of every spelling: order, case, base64",
            causes = {"the key is text of the payload, or a hash of it"},
            needs = {Capability.CLIENT})
    default void key_04_spellingIsNoPart(Bench bench) {
        Payment payment = bench.pay();
        PaymentKey own = bench.scheme().key(payment);
        for (Map.Entry<String, Payment> spelled :
                Forged.spellings(bench, payment).entrySet()) {
            if (!spelled.getKey().startsWith("with unsigned")) {
                same(bench, own, spelled);
            }
        }
    }

    /** What nobody signs is no part of it. */
    @SpecRule(
            id = "X402-KEY-05",
            level = Level.MUST,
            spec = "PaymentKey",
            derived = "anybody can alter what nobody signed; a key that follows it buys twice",
            intent = "what nobody signs is no part of the key",
            does = "alters each leaf that the fixture declares as unsigned and compares the keys",
            causes = {"the key is a hash of the whole payload"},
            needs = {Capability.CLIENT})
    default void key_05_unsignedIsNoPart(Bench bench) {
        Payment payment = bench.pay();
        if (bench.fixture().unsigned().isEmpty()) {
            throw bench.notApplicable("the fixture declares no leaf as unsigned");
        }
        PaymentKey own = bench.scheme().key(payment);
        for (Map.Entry<String, Payment> spelled :
                Forged.spellings(bench, payment).entrySet()) {
            if (spelled.getKey().startsWith("with unsigned")) {
                same(bench, own, spelled);
            }
        }
    }

    /** Nonsense has no key. */
    @SpecRule(
            id = "X402-KEY-06",
            level = Level.MUST,
            spec = "PaymentScheme.key",
            derived = "the key is asked before anything was verified, so whatever arrived is asked for its key",
            intent = "nonsense has a key or is malformed, and nothing else is thrown",
            does = "computes the key of payloads with nonsense in each leaf",
            causes = {"a cast", "a number is parsed before its form is checked", "a key that is empty or too long"},
            needs = {Capability.CLIENT})
    default void key_06_nonsenseIsMalformed(Bench bench) {
        Payment payment = bench.pay();
        for (Map.Entry<String, Payment> forged : Forged.nonsense(bench, payment).entrySet()) {
            bench.doing("computed the key of a payment " + forged.getKey());
            key(bench, forged.getValue());
        }
    }

    /** No key without a proof. */
    @SpecRule(
            id = "X402-KEY-07",
            level = Level.MUST,
            spec = "PaymentScheme.key",
            derived = "a key that an empty payload has is shared by all who send nothing",
            intent = "a payload that lacks everything is malformed",
            does = "computes the key of an empty payload",
            causes = {"a default stands in for what is missing"},
            needs = {Capability.CLIENT})
    default void key_07_nothingHasNoKey(Bench bench) {
        Payment nothing = Forged.proof(bench.pay(), Json.Obj.EMPTY);
        String step = "computed the key of an empty payload";
        bench.doing(step);
        Optional<PaymentKey> key = key(bench, nothing);
        bench.check(key.isEmpty(), step, "MalformedMessageException", "a key");
    }

    /** The key is pure. */
    @SpecRule(
            id = "X402-KEY-08",
            level = Level.MUST,
            spec = "PaymentScheme.key",
            derived = "a seller computes keys without ports, before it has asked anybody",
            intent = "the key needs no rail",
            does = "cuts the rail off and computes a key",
            causes = {"the key asks the rail"},
            needs = {Capability.CLIENT, Capability.OUTAGES})
    default void key_08_theKeyNeedsNoRail(Bench bench) {
        Payment payment = bench.pay();
        PaymentKey before = bench.scheme().key(payment);
        bench.fixture().rail().outage(true);
        String step = "computed a key while the rail cannot be asked";
        bench.doing(step);
        PaymentKey blind = bench.scheme().key(payment);
        bench.fixture().rail().outage(false);
        bench.check(before.equals(blind), step, "the same key", "another key");
    }

    private static void same(Bench bench, PaymentKey own, Map.Entry<String, Payment> spelled) {
        String step = "computed the key of the payment " + spelled.getKey();
        bench.doing(step);
        Optional<PaymentKey> key = key(bench, spelled.getValue());
        bench.check(key.isEmpty() || key.get().equals(own), step, "the same key, or malformed", "another key");
    }

    private static Optional<PaymentKey> key(Bench bench, Payment payment) {
        try {
            return Optional.of(bench.scheme().key(payment));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }
}
