package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rules for verifying: by a scheme's facilitator, or by any facilitator over HTTP. */
public interface VerifyRules extends RuleKit {
    /** An honest payment is valid. */
    @SpecRule(
            id = "X402-VERIFY-01",
            level = Level.MUST,
            spec = "v2 §6.1.2",
            derived = "a payment that passes every step of the verification would settle, so it is valid",
            intent = "an honest payment is valid and names its payer",
            does = "pays the offer and verifies the payment as it was sent",
            causes = {"payer's and facilitator's side encode a field differently", "the payer is not canonical"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_01_anHonestPaymentIsValid(Bench bench) {
        Payment payment = bench.pay();
        bench.doing("paid the offer and verified the payment");
        Verification verification = bench.verify(payment);
        String payer = bench.fixture().payer();
        bench.check(
                verification instanceof Verification.Valid valid
                        && valid.payer().equals(payer),
                "paid the offer and verified the payment",
                "Valid(payer=" + payer + ")",
                Bench.told(verification));
    }

    /** Verifying moves nothing and remembers nothing. */
    @SpecRule(
            id = "X402-VERIFY-02",
            level = Level.MUST,
            spec = "v2 §7.1",
            quote = "Verifies a payment authorization without executing the transaction on the blockchain.",
            intent = "verifying twice gives the same answer and moves nothing",
            does = "verifies one payment three times and lets time pass",
            causes = {"the nonce is marked as used by verifying", "the transaction is sent to see whether it works"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_02_verifyingChangesNothing(Bench bench) {
        Payment payment = bench.accepted();
        Balances before = bench.balances();
        bench.doing("verified a payment three times");
        for (int i = 0; i < 2; i++) {
            Verification again = bench.verify(payment);
            bench.check(
                    again instanceof Verification.Valid,
                    "verified a payment again that was valid before",
                    "Valid",
                    Bench.told(again));
            bench.pass(Duration.ofSeconds(2));
        }
        Balances after = bench.balances();
        bench.check(after.equals(before), "verified a payment three times", "no movement", before.until(after));
    }

    /** Every leaf is bound by the signature. */
    @SpecRule(
            id = "X402-VERIFY-03",
            level = Level.MUST,
            spec = "v2 §6.1.2(1)",
            quote = "Verify the EIP-712 signature is valid and properly signed by the payer",
            intent = "every leaf of the payload is bound by the payer's signature",
            does = "alters each leaf of the payload in turn, but for those that the fixture declares as unsigned",
            causes = {"a field is read that the signature does not cover", "the signature is not checked at all"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_03_everyLeafIsBound(Bench bench) {
        Forged.leaves(bench, bench.accepted()).forEach(bench::mustReject);
    }

    /** Nonsense is refused and never thrown at. */
    @SpecRule(
            id = "X402-VERIFY-04",
            level = Level.MUST,
            spec = "v2 §9",
            quote = "Payment payload is malformed or contains invalid data",
            intent = "whatever stands in the payload, the answer is a value and not an exception",
            does = "replaces each leaf by other types, huge and odd values, one at a time",
            causes = {"a number is parsed before its form is checked", "a cast", "only some exceptions are caught"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_04_nonsenseIsRefused(Bench bench) {
        Forged.nonsense(bench, bench.accepted()).forEach(bench::mustReject);
    }

    /** More is asked than was signed. */
    @SpecRule(
            id = "X402-VERIFY-05",
            level = Level.MUST,
            spec = "v2 §6.1.2(3)",
            quote = "Ensure the payment amount exactly matches the required amount",
            intent = "a payment of less than is asked is rejected",
            does = "judges an honest payment by requirements that ask 1 more, or much more",
            causes = {"the amount is read from the echo instead of the requirements", "a comparison the wrong way round"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_05_tooLittleIsRejected(Bench bench) {
        Payment payment = bench.accepted();
        for (long more : new long[] {1, 1_000_000}) {
            PaymentRequirements dearer = Forged.amount(payment.requirements(), more);
            bench.mustReject("that was signed for " + more + " less than is asked", Forged.shownTo(payment, dearer));
        }
    }

    /** Less is asked than was signed. */
    @SpecRule(
            id = "X402-VERIFY-06",
            level = Level.MUST,
            spec = "v2 §6.1.2(3)",
            quote = "Ensure the payment amount exactly matches the required amount",
            intent = "a payment of more than is asked is rejected",
            does = "judges an honest payment by requirements that ask 1 less",
            causes = {"the amount is compared by at least"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.FULL_AMOUNT})
    default void verify_06_tooMuchIsRejected(Bench bench) {
        Payment payment = bench.accepted();
        bench.mustReject(
                "that was signed for 1 more than is asked",
                Forged.shownTo(payment, Forged.amount(payment.requirements(), -1)));
    }

    /** Another payee. */
    @SpecRule(
            id = "X402-VERIFY-07",
            level = Level.MUST,
            spec = "v2 §6.1.2(5)",
            quote = "Confirm authorization parameters match the original payment requirements",
            intent = "the payee is the payee of the requirements",
            does = "judges an honest payment by requirements that differ in payTo alone",
            causes = {"payTo is read from the echo", "the payee is compared before it is made canonical"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_07_anotherPayeeIsRejected(Bench bench) {
        Payment payment = bench.accepted();
        PaymentRequirements other =
                Forged.payTo(payment.requirements(), bench.fixture().stranger());
        bench.mustReject("that pays somebody else", Forged.shownTo(payment, other));
    }

    /** Another asset. */
    @SpecRule(
            id = "X402-VERIFY-08",
            level = Level.MUST,
            spec = "v2 §6.1.2(5)",
            quote = "Confirm authorization parameters match the original payment requirements",
            intent = "the asset is the asset of the requirements",
            does = "judges an honest payment by requirements that differ in the asset alone",
            causes = {"the asset is read from the payload", "any asset of the network will do"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_08_anotherAssetIsRejected(Bench bench) {
        Payment payment = bench.accepted();
        PaymentRequirements terms = payment.requirements();
        String other = bench.fixture().otherAsset().orElse(terms.asset() + "0");
        bench.mustReject("of another asset", Forged.shownTo(payment, Forged.asset(terms, other)));
        bench.mustReject(
                "of another asset that nobody knows", Forged.shownTo(payment, Forged.asset(terms, "no-such-asset")));
    }

    /** Another network. */
    @SpecRule(
            id = "X402-VERIFY-09",
            level = Level.MUST,
            spec = "v2 §9",
            quote = "Specified blockchain network is not supported",
            intent = "the network is the network of the requirements, and one that is served",
            does = "judges an honest payment by requirements on other networks of the family, and of another family",
            causes = {"one network is widened to its family", "the signature does not name its network"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_09_anotherNetworkIsRejected(Bench bench) {
        Payment payment = bench.accepted();
        PaymentRequirements terms = payment.requirements();
        for (Network network : Forged.otherNetworks(terms)) {
            bench.mustReject(
                    "of " + terms.network() + " on " + network,
                    Forged.shownTo(payment, Forged.kind(terms, terms.scheme(), network)));
        }
    }

    /** Another scheme. */
    @SpecRule(
            id = "X402-VERIFY-10",
            level = Level.MUST,
            spec = "v2 §9",
            quote = "Payment scheme is not supported by the facilitator",
            intent = "a payment of one scheme is none of another",
            does = "asks for another scheme in the requirements",
            causes = {"the scheme's name is looked at by nobody"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_10_anotherSchemeIsRejected(Bench bench) {
        Payment payment = bench.accepted();
        PaymentRequirements terms = payment.requirements();
        PaymentRequirements other = Forged.kind(terms, "no-such-scheme", terms.network());
        bench.mustReject("of scheme " + terms.scheme() + " for scheme no-such-scheme", Forged.shownTo(payment, other));
    }

    /** A cheap payment with a dear echo. */
    @SpecRule(
            id = "X402-VERIFY-11",
            level = Level.MUST,
            spec = "v2 §6.1.2(5)",
            derived =
                    "the echo comes from the payer, so nothing in it is a term: only the requirements are the seller's",
            intent = "what the payload says of the accepted offer decides nothing",
            does = "signs a cheap offer that pays a stranger, and echoes the dear offer of the seller",
            causes = {
                "the terms are read from `accepted`",
                "the echo is compared with the requirements and nothing else is"
            },
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_11_theEchoDecidesNothing(Bench bench) {
        PaymentRequirements offer = bench.offer();
        PaymentRequirements cheap = bench.control(
                "completing a cheap offer",
                () -> bench.complete(Forged.payTo(
                        bench.fixture().offer().withAmount(AtomicAmount.of(1)),
                        bench.fixture().stranger())));
        Payment payment = bench.control("paying a cheap offer", () -> bench.pay(cheap));
        bench.mustReject("that was signed for another offer and echoes this one", Forged.shownTo(payment, offer));
        bench.mustReject("that was signed for another offer and echoes that one", Forged.judgedBy(payment, offer));
    }

    /** The end of a payment. */
    @SpecRule(
            id = "X402-VERIFY-12",
            level = Level.MUST,
            spec = "v2 §6.1.2(4)",
            quote = "Verify the authorization is within its valid time range",
            intent = "a payment is over at the moment that its payer was told",
            does = "verifies at liveUntil, and a second and a day later",
            causes = {"the clock is not asked", "at most instead of less than", "milliseconds taken for seconds"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.EXPIRES})
    default void verify_12_anExpiredPaymentIsRejected(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        SchemePayload signed = bench.control("paying the offer", () -> bench.sign(offer));
        Payment payment = bench.wrap(signed, offer);
        Verification early = bench.control("verifying it at once", () -> bench.verify(payment));
        bench.control(early instanceof Verification.Valid, "the untouched payment was judged " + Bench.told(early));
        Instant end = signed.liveUntil();
        for (Duration late : List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(1))) {
            bench.passUntil(end.plus(late));
            bench.mustReject("whose liveUntil was " + late.toSeconds() + " s ago", payment);
        }
    }

    /** Before the end of a payment. */
    @SpecRule(
            id = "X402-VERIFY-13",
            level = Level.SHOULD,
            spec = "v2 §6.1.2(4)",
            quote = "Verify the authorization is within its valid time range",
            intent = "a payment is good until it ends, less the margin that the fixture declares",
            does = "verifies one second before the margin begins",
            causes = {"a margin that is not declared", "a clock of seconds that is rounded up"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.EXPIRES})
    default void verify_13_aPaymentIsGoodUntilItEnds(Bench bench) {
        PaymentRequirements offer = bench.offer();
        bench.afford(offer.amount());
        SchemePayload signed = bench.control("paying the offer", () -> bench.sign(offer));
        Payment payment = bench.wrap(signed, offer);
        Instant last = signed.liveUntil().minus(bench.fixture().expiryMargin()).minusSeconds(1);
        bench.passUntil(last);
        String step = "verified a payment one second before its margin";
        bench.doing(step);
        Verification late = bench.verify(payment);
        bench.check(late instanceof Verification.Valid, step, "Valid", Bench.told(late));
    }

    /** A payer without the money. */
    @SpecRule(
            id = "X402-VERIFY-14",
            level = Level.MUST,
            spec = "v2 §6.1.2(2)",
            quote = "Confirm the payer has sufficient token balance for the transfer",
            intent = "a payer who lacks the money is rejected",
            does = "signs an offer of 1 more than the payer has",
            causes = {"the balance is not read", "the balance of another asset or account is read"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.KNOWN_BALANCE})
    default void verify_14_aPoorPayerIsRejected(Bench bench) {
        bench.accepted();
        bench.mustReject("of 1 more than the payer has", Poor.payment(bench));
    }

    /** What is said to a payer without the money. */
    @SpecRule(
            id = "X402-VERIFY-15",
            level = Level.SHOULD,
            spec = "v2 §9",
            quote = "Client does not have enough tokens to complete the payment",
            intent = "a payer who lacks the money hears insufficient_funds",
            does = "signs an offer of 1 more than the payer has",
            causes = {"a code of the scheme's own for what the specification names"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.KNOWN_BALANCE})
    default void verify_15_aPoorPayerHearsSo(Bench bench) {
        bench.accepted();
        Payment poor = Poor.payment(bench);
        Verification verification = bench.control("verifying it", () -> bench.verify(poor));
        bench.control(
                verification instanceof Verification.Invalid,
                "a payment of 1 more than the payer has was judged " + Bench.told(verification));
        bench.check(
                verification instanceof Verification.Invalid invalid
                        && invalid.code().equals(ErrorCode.INSUFFICIENT_FUNDS),
                "verified a payment of 1 more than the payer has",
                "Invalid(insufficient_funds)",
                Bench.told(verification));
    }

    /** What is said to nonsense. */
    @SpecRule(
            id = "X402-VERIFY-16",
            level = Level.SHOULD,
            spec = "v2 §9",
            quote = "Payment payload is malformed or contains invalid data",
            intent = "a payload that is none hears invalid_payload",
            does = "verifies an empty payload",
            causes = {"a general code for every failure"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_16_nonsenseHearsSo(Bench bench) {
        Verification.Invalid invalid =
                bench.mustReject("with an empty payload", Forged.proof(bench.accepted(), Json.Obj.EMPTY));
        bench.check(
                invalid.code().equals(ErrorCode.INVALID_PAYLOAD),
                "verified a payment with an empty payload",
                "Invalid(invalid_payload)",
                Bench.told(invalid));
    }

    /** An outage is no judgement. */
    @SpecRule(
            id = "X402-VERIFY-17",
            level = Level.MUST,
            spec = "v2 §9",
            derived =
                    "a payer who hears invalid signs again; an outage says nothing of the payment and would be paid twice",
            intent = "while the rail cannot be asked, a payment is not called invalid",
            does = "cuts the rail off and verifies an honest payment",
            causes = {"every exception becomes Invalid", "the exception of the rail is let through as a bug"},
            needs = {Capability.CLIENT, Capability.FACILITATOR, Capability.OUTAGES})
    default void verify_17_anOutageIsNoJudgement(Bench bench) {
        Payment payment = bench.accepted();
        bench.fixture().rail().outage(true);
        String step = "verified an honest payment while the rail cannot be asked";
        bench.doing(step);
        Verification blind = bench.verify(payment);
        bench.fixture().rail().outage(false);
        bench.check(blind instanceof Verification.Unavailable, step, "Unavailable", Bench.told(blind));
    }

    /** A message shows no proof. */
    @SpecRule(
            id = "X402-VERIFY-18",
            level = Level.MUST,
            spec = "v2 §10.1",
            derived = "whoever reads a signature in a log or an answer can use it until it expires",
            intent = "a refusal does not repeat what the payer signed",
            does = "looks for each long text of the payload in the messages of refusals",
            causes = {"the payload is put into the message to help debugging"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_18_aMessageShowsNoProof(Bench bench) {
        Payment payment = bench.accepted();
        for (Map.Entry<String, Payment> forged : Forged.leaves(bench, payment).entrySet()) {
            bench.doing("verified a payment " + forged.getKey());
            if (bench.verify(forged.getValue()) instanceof Verification.Invalid invalid) {
                for (String proof : Secrets.proofs(forged.getValue())) {
                    bench.check(
                            !invalid.message().contains(proof),
                            "verified a payment " + forged.getKey(),
                            "a message without anything of the payload",
                            "a message that repeats " + proof.length() + " characters of it");
                }
            }
        }
    }

    /** Many threads. */
    @SpecRule(
            id = "X402-VERIFY-19",
            level = Level.MUST,
            spec = "v2 §7.1",
            derived = "a facilitator serves many requests at once, and what one asks is no business of another",
            intent = "verifying is safe for threads",
            does = "verifies honest and forged payments from eight threads at once",
            causes = {"a signature object, buffer or digest is shared"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_19_verifyingIsSafeForThreads(Bench bench) {
        Payment honest = bench.accepted();
        PaymentRequirements other = Forged.amount(
                Forged.payTo(honest.requirements(), bench.fixture().stranger()), 1_000);
        Payment forged = Forged.shownTo(honest, other);
        bench.mustReject("of another amount to somebody else", forged);
        String step = "verified an honest and a forged payment from eight threads at once";
        bench.doing(step);
        List<String> answers = Crowd.run(8, number -> {
            StringBuilder seen = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                Verification good = bench.verify(honest);
                Verification bad = bench.verify(forged);
                if (!(good instanceof Verification.Valid) || !(bad instanceof Verification.Invalid)) {
                    seen.append(Bench.told(good))
                            .append(" and ")
                            .append(Bench.told(bad))
                            .append(' ');
                }
            }
            return seen.toString();
        });
        bench.check(
                answers.stream().allMatch(String::isEmpty),
                step,
                "Valid and Invalid each time",
                String.join("", answers).strip());
    }

    /** A payment that was used. */
    @SpecRule(
            id = "X402-VERIFY-20",
            level = Level.MUST,
            spec = "v2 §10.1",
            quote = "Each authorization includes a unique 32-byte nonce to prevent replay attacks",
            intent = "a payment that was settled is not valid again",
            does = "settles a payment, lets time pass, and verifies it again",
            causes = {"the rail is not asked whether the right was used"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_20_aUsedPaymentIsNotValid(Bench bench) {
        Payment payment = bench.accepted();
        Settlement settlement = bench.control("settling the payment", () -> bench.settle(payment));
        bench.control(settlement instanceof Settlement.Settled, "settling ended as " + Bench.told(settlement));
        bench.pass(Duration.ofSeconds(4));
        String step = "verified a payment again that was settled before";
        bench.doing(step);
        Verification again = bench.verify(payment);
        bench.check(again instanceof Verification.Invalid, step, "Invalid", Bench.told(again));
    }

    /** What is served is said. */
    @SpecRule(
            id = "X402-VERIFY-21",
            level = Level.MUST,
            spec = "v2 §7.3",
            quote = "Returns the list of payment schemes, networks, and extensions supported by the facilitator.",
            intent = "what is served is listed, one network at a time",
            does = "looks for the offer's kind among the supported kinds",
            causes = {"the networks that the pattern allows are listed instead of those switched on"},
            needs = {Capability.FACILITATOR})
    default void verify_21_whatIsServedIsListed(Bench bench) {
        PaymentRequirements offer = bench.fixture().offer();
        String step = "asked the facilitator what it supports";
        bench.doing(step);
        SupportedResponse supported = bench.facilitator().supported(bench.by());
        Kind kind = offer.kind();
        bench.check(
                supported.find(kind).isPresent(),
                step,
                kind.toString(),
                supported.kinds().stream()
                        .map(listed -> listed.kind().toString())
                        .toList()
                        .toString());
        boolean signs = supported.signers().keySet().stream().anyMatch(pattern -> pattern.matches(offer.network()));
        bench.check(
                signs || supported.signers().isEmpty(),
                step,
                "signers for " + offer.network(),
                "signers for " + supported.signers().keySet());
    }

    /** Every spelling that means the payment is taken as the payment. */
    @SpecRule(
            id = "X402-VERIFY-22",
            level = Level.MUST,
            spec = "v2 §6.1.2",
            derived = "wallets spell one proof in several ways; who refuses one turns a payer away, and who counts two"
                    + " of them as two payments can be paid by one",
            intent = "the spellings that the fixture names are valid, and one payment with the honest one",
            does = "verifies each spelling of the fixture and compares its key with the honest one's",
            causes = {"one length or one case of the proof is expected", "the key is made of the text"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_22_namedSpellingsAreThePayment(Bench bench) {
        Payment honest = bench.accepted();
        Map<String, Payment> spellings = bench.fixture().spellings(honest);
        if (spellings.isEmpty()) {
            throw bench.notApplicable("the fixture names no other spelling");
        }
        spellings.forEach((how, spelling) -> {
            String step = "verified the payment in another spelling: " + how;
            bench.doing(step);
            Verification verification = bench.verify(spelling);
            bench.check(verification instanceof Verification.Valid, step, "Valid", Bench.told(verification));
            bench.check(
                    bench.scheme().key(spelling).equals(bench.scheme().key(honest)),
                    step,
                    "the key of the honest spelling",
                    "another key");
        });
    }

    /** What the scheme's own rules forbid is refused. */
    @SpecRule(
            id = "X402-VERIFY-23",
            level = Level.MUST,
            spec = "v2 §6.1.2",
            derived =
                    "only the plugin's author knows what a proof of this scheme can hide; the kit sees that none of it"
                            + " passes, and that each refusal says why",
            intent = "the forgeries that the fixture names are invalid, with a code and a message",
            does = "verifies each forgery of the fixture, after an honest payment was judged valid",
            causes = {"a check of the scheme's text is missing", "terms in extra are not compared"},
            needs = {Capability.CLIENT, Capability.FACILITATOR})
    default void verify_23_namedForgeriesAreRejected(Bench bench) {
        Payment honest = bench.accepted();
        Map<String, Payment> forgeries = bench.fixture().forgeries(honest);
        if (forgeries.isEmpty()) {
            throw bench.notApplicable("the fixture names no forgery");
        }
        forgeries.forEach((how, forgery) -> {
            Verification.Invalid invalid = bench.mustReject("that is forged: " + how, forgery);
            bench.check(!invalid.message().isBlank(), "verified a payment that is forged: " + how, "a message", "none");
        });
    }
}
