package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemePayload;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules for the payer's side. */
public interface ClientRules extends RuleKit {
    /** The offer can be paid. */
    @SpecRule(
            id = "X402-CLIENT-01",
            level = Level.MUST,
            spec = "SchemeClient.canPay",
            derived = "an offer that the payer's side does not recognise is never paid",
            intent = "the payer's side can pay the fixture's offer",
            does = "asks canPay of the completed offer three times",
            causes = {"an asset or account is compared before it is made canonical"},
            needs = {Capability.CLIENT})
    default void client_01_theOfferCanBePaid(Bench bench) {
        String step = "asked the payer's side whether it can pay the offer";
        bench.doing(step);
        PaymentRequirements offer = bench.offer();
        for (int i = 0; i < 3; i++) {
            bench.check(bench.client().canPay(offer), step, "true", "false");
        }
    }

    /** Networks are not widened. */
    @SpecRule(
            id = "X402-CLIENT-02",
            level = Level.MUST,
            spec = "v2 §11.1",
            derived = "a payer chose its networks; a network of the same family is another one, with other money",
            intent = "what is offered on another network cannot be paid",
            does = "asks canPay of the offer on networks that no rail of the plugin knows",
            causes = {"the family is compared instead of the network"},
            needs = {Capability.CLIENT})
    default void client_02_networksAreNotWidened(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.control(bench.client().canPay(offer), "the payer's side cannot pay the offer");
        for (Network network : Forged.otherNetworks(offer)) {
            boolean known = bench.fixture().rails().stream()
                    .flatMap(rail -> rail.networks().stream())
                    .anyMatch(listed -> listed.id().equals(network));
            String step = "asked the payer's side whether it can pay on " + network;
            bench.doing(step);
            bench.check(
                    known || !bench.client().canPay(Forged.kind(offer, offer.scheme(), network)),
                    step,
                    "false",
                    "true");
        }
    }

    /** Other schemes. */
    @SpecRule(
            id = "X402-CLIENT-03",
            level = Level.MUST,
            spec = "SchemeClient.canPay",
            derived = "another scheme may mean another promise with the same fields",
            intent = "what is offered by another scheme cannot be paid",
            does = "asks canPay of the offer under another scheme's name",
            causes = {"only the network is looked at"},
            needs = {Capability.CLIENT})
    default void client_03_otherSchemesAreNotPaid(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.control(bench.client().canPay(offer), "the payer's side cannot pay the offer");
        String step = "asked the payer's side whether it can pay by no-such-scheme";
        bench.doing(step);
        boolean can = bench.client().canPay(Forged.kind(offer, "no-such-scheme", offer.network()));
        bench.check(!can, step, "false", "true");
    }

    /** The ceiling holds. */
    @SpecRule(
            id = "X402-CLIENT-04",
            level = Level.MUST,
            spec = "PayContext.ceiling",
            derived = "the ceiling is what the payer's policy allowed; signing for more spends somebody's money",
            intent = "nothing is signed above the ceiling",
            does = "pays the offer with a ceiling of 1 less than its amount",
            causes = {"the ceiling is not looked at"},
            needs = {Capability.CLIENT})
    default void client_04_theCeilingHolds(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        bench.control("paying the offer with a ceiling of its amount", () -> bench.sign(offer));
        AtomicAmount ceiling = new AtomicAmount(offer.amount().value().subtract(BigInteger.ONE));
        String step = "paid an offer of " + offer.amount() + " with a ceiling of " + ceiling;
        bench.doing(step);
        boolean threw =
                Thrower.throwsAt(() -> bench.client().pay(offer, new PayContext(Json.Obj.EMPTY, ceiling, bench.by())));
        bench.check(threw, step, "an exception", "a signed payment");
    }

    /** A payment ends. */
    @SpecRule(
            id = "X402-CLIENT-05",
            level = Level.MUST,
            spec = "SchemePayload.liveUntil",
            derived = "a budget is held until liveUntil; an end in the past frees money that can still be taken",
            intent = "a payment ends in the future",
            does = "pays the offer and compares liveUntil with the clock",
            causes = {"the system's clock is read", "seconds and milliseconds are mixed up"},
            needs = {Capability.CLIENT})
    default void client_05_aPaymentEndsInTheFuture(Bench bench) {
        bench.client();
        bench.pass(Duration.ofDays(3));
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        Instant now = bench.environment().clock().instant();
        String step = "paid the offer at " + now;
        bench.doing(step);
        Instant end = bench.sign(offer).liveUntil();
        bench.check(end.isAfter(now), step, "liveUntil after that", "liveUntil " + end);
    }

    /** A payment ends in time. */
    @SpecRule(
            id = "X402-CLIENT-06",
            level = Level.SHOULD,
            spec = "v2 §5.1.2",
            derived =
                    "maxTimeoutSeconds is how long the payment may take; a signature that lives longer is only a risk",
            intent = "a payment ends soon after maxTimeoutSeconds where the scheme can say so",
            does = "pays the offer and compares liveUntil with maxTimeoutSeconds and an hour",
            causes = {"a fixed life of a day or a year"},
            needs = {Capability.CLIENT, Capability.EXPIRES})
    default void client_06_aPaymentEndsInTime(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        Instant latest = bench.environment()
                .clock()
                .instant()
                .plusSeconds(offer.maxTimeoutSeconds())
                .plus(Duration.ofHours(1));
        String step = "paid an offer with maxTimeoutSeconds " + offer.maxTimeoutSeconds();
        bench.doing(step);
        Instant end = bench.sign(offer).liveUntil();
        bench.check(!end.isAfter(latest), step, "liveUntil at most " + latest, "liveUntil " + end);
    }

    /** It fits into a header. */
    @SpecRule(
            id = "X402-CLIENT-07",
            level = Level.MUST,
            spec = "v2 transports/http",
            derived = "a payment travels in a header, and servers refuse headers of more than 8 KiB",
            intent = "a payment can be sent: it fits into a header and is read back as it was",
            does = "writes the payment as a header and reads it",
            causes = {"half a surrogate pair", "a payload too deep or too long for the wire"},
            needs = {Capability.CLIENT})
    default void client_07_aPaymentCanBeSent(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        String step = "wrote a payment as a header and read it";
        bench.doing(step);
        SchemePayload signed = bench.sign(offer);
        Payment payment = bench.wrap(signed, offer);
        String header = Codec.PAYMENT_PAYLOAD.writeHeader(payment.payload());
        bench.check(
                Codec.PAYMENT_PAYLOAD.readHeader(header).payload().equals(signed.payload()),
                step,
                "the same payload",
                "another payload");
    }

    /** The given randomness is used. */
    @SpecRule(
            id = "X402-CLIENT-08",
            level = Level.SHOULD,
            spec = "SchemeContext.random",
            derived = "a scheme may use no randomness but the given one, so that a run can be repeated",
            intent = "the same clock and randomness sign the same payment",
            does = "makes the fixture's plugin twice from the same seed and compares what they sign",
            causes = {"a SecureRandom of one's own", "a signature algorithm that is not deterministic"},
            needs = {Capability.CLIENT})
    default void client_08_theSameSeedSignsTheSame(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        String step = "signed one offer with two payer's sides of the same seed";
        bench.doing(step);
        Json first = bench.seededClient("same").pay(offer, terms(bench, offer)).payload();
        Json second = bench.seededClient("same").pay(offer, terms(bench, offer)).payload();
        bench.check(first.equals(second), step, "the same payload", "another payload");
    }

    /** Strange offers. */
    @SpecRule(
            id = "X402-CLIENT-09",
            level = Level.MUST,
            spec = "SchemeClient.canPay",
            derived = "offers come from strangers; an exception in judging one would hide the others",
            intent = "whatever is offered, canPay answers",
            does = "asks canPay of offers with odd assets, payees and extras",
            causes = {"extra is read without looking whether it is there", "an address is parsed without care"},
            needs = {Capability.CLIENT})
    default void client_09_strangeOffersAreJudged(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.control(bench.client().canPay(offer), "the payer's side cannot pay the offer");
        List<PaymentRequirements> strange = new ArrayList<>();
        for (String odd : List.of("0x", "-1", "0", "x".repeat(4_000), "0xZZ", "%00", "../..", " ", "f".repeat(40))) {
            strange.add(Forged.asset(offer, odd));
            strange.add(Forged.payTo(offer, odd));
        }
        for (Json odd : Leaves.strangers()) {
            for (Leaves.Leaf leaf : Leaves.of(offer.extraOrEmpty())) {
                strange.add(offer.withExtra(Leaves.with(offer.extraOrEmpty(), leaf, odd)));
            }
        }
        strange.add(offer.withExtra(Json.Obj.EMPTY));
        for (PaymentRequirements odd : strange) {
            bench.doing("asked the payer's side whether it can pay a strange offer");
            bench.client().canPay(odd);
        }
    }

    /** Judging needs no rail. */
    @SpecRule(
            id = "X402-CLIENT-10",
            level = Level.MUST,
            spec = "SchemeClient.canPay",
            derived = "offers are sorted before any is paid; to ask a rail for each would take its time for nothing",
            intent = "canPay needs no rail",
            does = "cuts the rail off and asks canPay",
            causes = {"the balance is read in canPay"},
            needs = {Capability.CLIENT, Capability.OUTAGES})
    default void client_10_judgingNeedsNoRail(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.control(bench.client().canPay(offer), "the payer's side cannot pay the offer");
        bench.fixture().rail().outage(true);
        String step = "asked the payer's side whether it can pay while the rail cannot be asked";
        bench.doing(step);
        boolean can;
        try {
            can = bench.client().canPay(offer);
        } catch (RailUnavailableException e) {
            can = false;
        }
        bench.fixture().rail().outage(false);
        bench.check(can, step, "true", "false, or RailUnavailableException");
    }

    /** Many threads. */
    @SpecRule(
            id = "X402-CLIENT-11",
            level = Level.MUST,
            spec = "SchemeClient",
            derived = "one payer pays many things at once",
            intent = "paying is safe for threads",
            does = "signs from eight threads at once and looks for payments that are equal",
            causes = {"a counter, buffer or signature object is shared"},
            needs = {Capability.CLIENT})
    default void client_11_payingIsSafeForThreads(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        SchemeClient client = bench.client();
        String step = "signed one offer from eight threads at once";
        bench.doing(step);
        List<List<Json>> signed = Crowd.run(8, number -> {
            List<Json> own = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                own.add(client.pay(offer, terms(bench, offer)).payload());
            }
            return own;
        });
        Set<Json> distinct = new HashSet<>();
        signed.forEach(distinct::addAll);
        bench.check(distinct.size() == 80, step, "80 payments", distinct.size() + " payments");
    }

    /** Secrets stay secret. */
    @SpecRule(
            id = "X402-CLIENT-12",
            level = Level.MUST,
            spec = "design",
            derived = "what toString shows ends in a log, and a key in a log is somebody else's key",
            intent = "no secret is shown by toString or in a message",
            does = "looks for the fixture's secrets in the text of the sides, of a payment and of a refusal",
            causes = {"a record that holds a key", "a message that quotes what it could not parse"},
            needs = {Capability.CLIENT})
    default void client_12_secretsStaySecret(Bench bench) {
        if (bench.fixture().secrets().isEmpty()) {
            throw bench.notApplicable("the fixture names no secret");
        }
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        SchemePayload signed = bench.sign(offer);
        StringBuilder shown = new StringBuilder()
                .append(bench.client())
                .append(bench.scheme())
                .append(signed)
                .append(bench.wrap(signed, offer));
        bench.doing("paid strange offers and read the messages");
        for (PaymentRequirements strange : List.of(
                Forged.asset(offer, "no-such-asset"),
                Forged.payTo(offer, "nobody"),
                Forged.kind(offer, "no-such-scheme", offer.network()))) {
            try {
                shown.append(bench.client().pay(strange, terms(bench, strange)));
            } catch (RuntimeException e) {
                shown.append(e);
            }
        }
        for (String secret : bench.fixture().secrets()) {
            bench.check(
                    !shown.toString().contains(secret),
                    "read the texts of sides, payments and messages",
                    "no secret",
                    "a secret of " + secret.length() + " characters");
        }
    }

    /** A closed side. */
    @SpecRule(
            id = "X402-CLIENT-13",
            level = Level.MUST,
            spec = "SchemeClient.close",
            derived = "close is called by who opened, also after a failure and also twice",
            intent = "closing the payer's side is harmless, twice as well",
            does = "closes a payer's side twice",
            causes = {"closing throws the second time"},
            needs = {Capability.CLIENT})
    default void client_13_closingIsHarmless(Bench bench) {
        SchemeClient client = bench.seededClient("closing");
        bench.doing("closed the payer's side twice");
        client.close();
        client.close();
    }

    /** Nothing of a key is logged. */
    @SpecRule(
            id = "X402-CLIENT-90",
            level = Level.MUST,
            spec = "design",
            derived = "a key in a log is somebody else's key",
            intent = "no secret is written to a log",
            does = "nothing: it listens to no logger",
            causes = {"a debug line with the whole request"},
            untested = "the kit listens to no logger; read what the plugin logs at its finest level")
    default void client_90_nothingSecretIsLogged(Bench bench) {
        throw bench.notApplicable("not tested");
    }

    private static PayContext terms(Bench bench, PaymentRequirements offer) {
        return new PayContext(Json.Obj.EMPTY, offer.amount(), bench.by());
    }
}
