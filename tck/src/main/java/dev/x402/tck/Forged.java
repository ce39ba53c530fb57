package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Payments that an attacker makes of an honest one. */
final class Forged {
    private Forged() {}

    /** The payment with another proof. */
    static Payment proof(Payment payment, Json.Obj proof) {
        return sent(payment, "payload", proof, payment.requirements());
    }

    /** The payment shown to a seller who asks this, and echoing what that seller asks. */
    static Payment shownTo(Payment payment, PaymentRequirements asked) {
        return sent(payment, "accepted", Codec.PAYMENT_REQUIREMENTS.json(asked), asked);
    }

    /** The payment against these requirements, and still echoing its own. */
    static Payment judgedBy(Payment payment, PaymentRequirements asked) {
        return new Payment(payment.payload(), asked, payment.tenant());
    }

    /** Whether the payment could come over the wire. */
    static boolean canBeSent(Payment payment) {
        try {
            Codec.PAYMENT_PAYLOAD.write(payment.payload());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The payment with each signed leaf altered in turn, by what was done. */
    static Map<String, Payment> leaves(Bench bench, Payment payment) {
        Map<String, Payment> forged = new LinkedHashMap<>();
        Json.Obj proof = payment.payload().payload();
        for (Leaves.Leaf leaf : Leaves.of(proof)) {
            if (bench.fixture().unsigned().containsKey(leaf.pointer())) {
                continue;
            }
            int number = 0;
            for (Json near : Leaves.neighbours(leaf.value())) {
                number++;
                forged.put(
                        "with payload" + leaf.pointer() + " altered (" + number + ")",
                        proof(payment, Leaves.with(proof, leaf, near)));
            }
        }
        return forged;
    }

    /** The payment with each leaf replaced by nonsense in turn, by what was done. */
    static Map<String, Payment> nonsense(Bench bench, Payment payment) {
        Map<String, Payment> forged = new LinkedHashMap<>();
        Json.Obj proof = payment.payload().payload();
        forged.put("with an empty payload", proof(payment, Json.Obj.EMPTY));
        List<Json> strangers = Leaves.strangers();
        for (Leaves.Leaf leaf : Leaves.of(proof)) {
            if (bench.fixture().unsigned().containsKey(leaf.pointer())) {
                continue;
            }
            for (int i = 0; i < strangers.size(); i++) {
                forged.put(
                        "with nonsense " + (i + 1) + " at payload" + leaf.pointer(),
                        proof(payment, Leaves.with(proof, leaf, strangers.get(i))));
            }
        }
        forged.values().removeIf(made -> !canBeSent(made));
        return forged;
    }

    /** Other spellings of the same proof, by what was done. */
    static Map<String, Payment> spellings(Bench bench, Payment payment) {
        Map<String, Payment> spelled = new LinkedHashMap<>();
        Json.Obj proof = payment.payload().payload();
        spelled.put("with its members in another order", proof(payment, (Json.Obj) Leaves.reversed(proof)));
        spelled.put("with a member that nobody knows", proof(payment, proof.with("unknownToAnybody", "x")));
        spelled.put("with hexadecimal digits in capitals", proof(payment, Leaves.rewritten(proof, Spelling::capitals)));
        spelled.put(
                "with hexadecimal digits in small letters", proof(payment, Leaves.rewritten(proof, Spelling::small)));
        spelled.put("with base64 for addresses", proof(payment, Leaves.rewritten(proof, Spelling::urlSafe)));
        spelled.put("with base64 without padding", proof(payment, Leaves.rewritten(proof, Spelling::unpadded)));
        spelled.put("with other spare bits in base64", proof(payment, Leaves.rewritten(proof, Spelling::spareBits)));
        for (String pointer : bench.fixture().unsigned().keySet()) {
            for (Leaves.Leaf leaf : Leaves.of(proof)) {
                if (leaf.pointer().equals(pointer)) {
                    Json near = Leaves.neighbours(leaf.value()).get(0);
                    spelled.put(
                            "with unsigned payload" + pointer + " altered",
                            proof(payment, Leaves.with(proof, leaf, near)));
                }
            }
        }
        return spelled;
    }

    static PaymentRequirements amount(PaymentRequirements offer, long change) {
        return offer.withAmount(new AtomicAmount(offer.amount().value().add(BigInteger.valueOf(change))));
    }

    static PaymentRequirements payTo(PaymentRequirements offer, String account) {
        return asked(offer, "payTo", account);
    }

    static PaymentRequirements asset(PaymentRequirements offer, String asset) {
        return asked(offer, "asset", asset);
    }

    static PaymentRequirements kind(PaymentRequirements offer, String scheme, Network network) {
        return asked(asked(offer, "scheme", scheme), "network", network.toString());
    }

    /** Networks of the same family, and another, that are not the offer's. */
    static List<Network> otherNetworks(PaymentRequirements offer) {
        Network own = offer.network();
        List<Network> others = new ArrayList<>();
        for (String reference : List.of("1", "2", "31337", "elsewhere")) {
            Network other = new Network(own.namespace(), reference);
            if (!other.equals(own)) {
                others.add(other);
            }
        }
        others.add(new Network("nowhere", "1"));
        return others;
    }

    private static PaymentRequirements asked(PaymentRequirements offer, String member, String text) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(offer);
        return Codec.PAYMENT_REQUIREMENTS.of(wire.with(member, text));
    }

    private static Payment sent(Payment payment, String member, Json value, PaymentRequirements asked) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_PAYLOAD.json(payment.payload());
        return new Payment(Codec.PAYMENT_PAYLOAD.of(wire.with(member, value)), asked, payment.tenant());
    }
}
