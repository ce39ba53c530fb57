package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Payment;
import dev.x402.spi.Phase;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Rules for the payee's side. */
public interface ServerRules extends RuleKit {
    /** Completing an offer changes none of its terms. */
    @SpecRule(
            id = "X402-SERVER-01",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "price and payee are the seller's; a plugin that alters them takes somebody's money elsewhere",
            intent = "completing an offer changes none of its terms",
            does = "completes the fixture's offer and compares every member but extra",
            causes = {
                "the amount is converted once more",
                "payTo or asset is written in another spelling",
                "the timeout is capped"
            },
            needs = Capability.SERVER)
    default void server_01_completingChangesNoTerms(Bench bench) {
        PaymentRequirements draft = bench.fixture().offer();
        PaymentRequirements completed = bench.complete(draft);
        bench.check(
                completed.withExtra(draft.extraOrEmpty()).equals(draft.withExtra(draft.extraOrEmpty())),
                "completed the fixture's offer",
                "the same scheme, network, amount, asset, payTo and timeout",
                "an offer of " + completed.amount() + " of " + completed.asset() + " to " + completed.payTo() + " by "
                        + completed.kind() + " within " + completed.maxTimeoutSeconds() + " s");
    }

    /** Members that the seller wrote into extra stay as they are. */
    @SpecRule(
            id = "X402-SERVER-02",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "extra belongs to the seller as well; what the seller said there may decide what the buyer signs",
            intent = "what the seller wrote into extra stays there",
            does = "writes a member of its own into extra and completes the offer",
            causes = {"extra is built anew", "unknown members are filtered"},
            needs = Capability.SERVER)
    default void server_02_membersOfTheSellerStay(Bench bench) {
        PaymentRequirements draft = bench.fixture().offer();
        Json word = Json.object().put("kept", "whole").build();
        PaymentRequirements completed =
                bench.complete(draft.withExtra(draft.extraOrEmpty().with("x402-tck", word)));
        bench.check(
                completed.extraOrEmpty().find("x402-tck").filter(word::equals).isPresent(),
                "completed an offer with the member x402-tck in extra",
                "the member as it was",
                completed.extraOrEmpty().find("x402-tck").isPresent() ? "another value" : "no such member");
        draft.extraOrEmpty()
                .members()
                .forEach((name, value) -> bench.check(
                        completed
                                .extraOrEmpty()
                                .find(name)
                                .filter(value::equals)
                                .isPresent(),
                        "completed an offer with the member " + name + " in extra",
                        "the member as it was",
                        "another value or none"));
    }

    /** Only declared members differ between two completions. */
    @SpecRule(
            id = "X402-SERVER-03",
            level = Level.MUST,
            spec = "v2 §6.1",
            derived = "a buyer pays the offer of an earlier 402; a member that changes undeclared makes that payment"
                    + " look like one of another offer, and the buyer is refused",
            intent = "only members declared as dynamic differ between two completions",
            does = "completes the same offer twice, with a minute between",
            causes = {"a nonce or a time in extra that dynamicExtra does not name"},
            needs = Capability.SERVER)
    default void server_03_onlyDynamicMembersDiffer(Bench bench) {
        PaymentRequirements draft = bench.fixture().offer();
        Json.Obj first = bench.complete(draft).extraOrEmpty();
        bench.pass(Duration.ofMinutes(1));
        Json.Obj second = bench.complete(draft).extraOrEmpty();
        for (String dynamic : bench.server().dynamicExtra()) {
            first = first.without(dynamic);
            second = second.without(dynamic);
        }
        bench.check(
                first.equals(second),
                "completed the same offer twice, with a minute between",
                "the same extra but for " + bench.server().dynamicExtra(),
                "members that differ: " + differing(first.members(), second.members()));
    }

    /** Nothing secret is written into an offer. */
    @SpecRule(
            id = "X402-SERVER-04",
            level = Level.MUST,
            spec = "v2 §10",
            derived = "an offer is public",
            intent = "no secret of the fixture is in a completed offer",
            does = "looks for the fixture's secrets in the completed offer",
            causes = {"a port is written into extra by its toString"},
            needs = Capability.SERVER)
    default void server_04_anOfferHoldsNoSecret(Bench bench) {
        String text = new String(Codec.PAYMENT_REQUIREMENTS.write(bench.offer()), StandardCharsets.UTF_8);
        for (String secret : bench.fixture().secrets()) {
            bench.check(!text.contains(secret), "looked for secrets in a completed offer", "none", "one of them");
        }
    }

    /** What a facilitator says of a kind is hostile input. */
    @SpecRule(
            id = "X402-SERVER-05",
            level = Level.MUST,
            spec = "v2 §7.3",
            derived = "the kind comes from another party's /supported; whatever it says, an offer is completed or"
                    + " refused as one that cannot be paid",
            intent = "whatever a facilitator says of the kind, the offer is completed or refused",
            does = "completes the offer with kinds whose extra is absent, empty, or of wrong types",
            causes = {"a cast of a member of the kind's extra", "no check for absent"},
            needs = Capability.SERVER)
    default void server_05_aHostileKindIsNoCrash(Bench bench) {
        PaymentRequirements draft = bench.fixture().offer();
        Json.Obj told = kind(bench, draft).extra();
        Json.Obj honest = told == null ? Json.Obj.EMPTY : told;
        hostile(bench, draft, "without extra", SupportedKind.of(draft.kind()));
        hostile(bench, draft, "with an empty extra", kind(draft, Json.Obj.EMPTY));
        for (Map.Entry<String, Json> member : honest.members().entrySet()) {
            for (Json wrong : Set.of(Json.Null.NULL, Json.of(-1), Json.of(""), Json.of("\u0000"), Json.Obj.EMPTY)) {
                hostile(
                        bench,
                        draft,
                        "with another " + member.getKey(),
                        kind(draft, honest.with(member.getKey(), wrong)));
            }
        }
    }

    private static void hostile(Bench bench, PaymentRequirements draft, String how, SupportedKind kind) {
        String step = "completed the offer with a kind " + how;
        bench.doing(step);
        try {
            bench.server().complete(draft, kind, bench.by());
        } catch (IllegalArgumentException refused) {
            bench.check(
                    refused.getMessage() != null && !refused.getMessage().isBlank(),
                    step,
                    "a refusal that names the member",
                    "an IllegalArgumentException without a message");
        } catch (RuntimeException crash) {
            throw new RuleViolation(step, "an offer or an IllegalArgumentException", "threw " + Thrown.told(crash));
        }
    }

    private static SupportedKind kind(PaymentRequirements draft, Json.Obj extra) {
        return new SupportedKind(draft.scheme(), draft.network(), extra, Json.Obj.EMPTY);
    }

    /** An offer is charged in some phase. */
    @SpecRule(
            id = "X402-SERVER-06",
            level = Level.MUST,
            spec = "v2 §6.1.3",
            derived = "an offer without a phase in which money moves is a free handler",
            intent = "money moves in at least one phase",
            does = "asks in which phases the completed offer is settled",
            causes = {"an empty set for offers that are not known"},
            needs = Capability.SERVER)
    default void server_06_moneyMovesInSomePhase(Bench bench) {
        Set<Phase> phases = bench.server().phases(bench.offer());
        bench.check(!phases.isEmpty(), "asked for the phases of a completed offer", "at least one", "none");
    }

    /** Settling the whole amount asks for exactly the offer. */
    @SpecRule(
            id = "X402-SERVER-07",
            level = Level.MUST,
            spec = "v2 §6.1.3",
            derived = "what is settled is what the payer signed and the seller offered",
            intent = "the payment to settle keeps the payload and the terms of the offer",
            does = "asks for the payment to settle at the whole amount and compares it with the admitted one",
            causes = {"the payload is normalised", "terms are taken from the payload's echo"},
            needs = {Capability.SERVER, Capability.CLIENT})
    default void server_07_settlingKeepsPayloadAndTerms(Bench bench) {
        Payment admitted = bench.pay();
        Payment settled = bench.server()
                .settlement(admitted, Phase.CHARGE, admitted.requirements().amount());
        bench.check(
                settled.payload().payload().equals(admitted.payload().payload())
                        && settled.tenant().equals(admitted.tenant()),
                "asked for the payment to settle at the whole amount",
                "the payer's payload and the tenant as they were",
                "another payload or tenant");
        bench.check(
                terms(settled).equals(terms(admitted)),
                "asked for the payment to settle at the whole amount",
                "the offer's terms",
                "an amount of " + settled.requirements().amount() + " to "
                        + settled.requirements().payTo());
    }

    /** More than the offer is never settled. */
    @SpecRule(
            id = "X402-SERVER-08",
            level = Level.MUST,
            spec = "v2 §6.1.3",
            derived = "the offer is the most that the payer agreed to",
            intent = "no settlement asks for more than the offer",
            does = "asks for the payment to settle at one more than the offer",
            causes = {"the actual amount is written into the requirements without comparing"},
            needs = {Capability.SERVER, Capability.CLIENT})
    default void server_08_moreThanTheOfferIsNeverSettled(Bench bench) {
        Payment admitted = bench.pay();
        AtomicAmount offered = admitted.requirements().amount();
        AtomicAmount more = new AtomicAmount(offered.value().add(BigInteger.ONE));
        bench.doing("asked for the payment to settle at one more than the offer");
        AtomicAmount asked;
        try {
            asked = bench.server()
                    .settlement(admitted, Phase.CHARGE, more)
                    .requirements()
                    .amount();
        } catch (IllegalArgumentException refused) {
            return;
        }
        bench.check(
                asked.compareTo(offered) <= 0,
                "asked for the payment to settle at one more than the offer",
                "a refusal, or at most " + offered,
                asked.toString());
    }

    /** Completing does not depend on what was completed before. */
    @SpecRule(
            id = "X402-SERVER-09",
            level = Level.SHOULD,
            spec = "v2 §5.1.2",
            derived = "an offer may be kept and completed again after a facilitator changed its kind",
            intent = "completing a completed offer changes nothing but dynamic members",
            does = "completes the offer, then completes the result",
            causes = {"members are appended instead of set"},
            needs = Capability.SERVER)
    default void server_09_completingAgainChangesNothing(Bench bench) {
        PaymentRequirements once = bench.offer();
        PaymentRequirements twice = bench.complete(once);
        UnaryOperator<Json.Obj> lasting = extra -> {
            Json.Obj kept = extra;
            for (String dynamic : bench.server().dynamicExtra()) {
                kept = kept.without(dynamic);
            }
            return kept;
        };
        bench.check(
                lasting.apply(once.extraOrEmpty()).equals(lasting.apply(twice.extraOrEmpty())),
                "completed a completed offer",
                "the same extra",
                "members that differ: "
                        + differing(
                                once.extraOrEmpty().members(),
                                twice.extraOrEmpty().members()));
    }

    private static SupportedKind kind(Bench bench, PaymentRequirements draft) {
        return bench.claims(Capability.FACILITATOR)
                ? bench.facilitator().supported(bench.by()).find(draft.kind()).orElse(SupportedKind.of(draft.kind()))
                : SupportedKind.of(draft.kind());
    }

    private static PaymentRequirements terms(Payment payment) {
        return payment.requirements().withExtra(Json.Obj.EMPTY);
    }

    private static String differing(Map<String, Json> one, Map<String, Json> other) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return String.join(", ", names);
    }
}
