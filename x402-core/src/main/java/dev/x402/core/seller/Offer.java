package dev.x402.core.seller;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.util.Set;

/**
 * An offer as the server made it.
 *
 * @param requirements asset and payee in the rail's canonical spelling
 * @param dynamicExtra members of {@code extra} that are new in every challenge
 */
record Offer(PaymentRequirements requirements, Set<String> dynamicExtra) {
    Offer {
        dynamicExtra = Set.copyOf(dynamicExtra);
    }

    /** These terms with the dynamic members of the echo. So an identical payment has identical requirements. */
    PaymentRequirements echoedBy(PaymentRequirements accepted) {
        Json.Obj extra = requirements.extraOrEmpty();
        for (String member : dynamicExtra) {
            Json echoed = accepted.extraOrEmpty().find(member).orElse(null);
            extra = echoed == null ? absent(extra, member) : extra.with(member, echoed);
        }
        return extra.equals(requirements.extraOrEmpty()) ? requirements : requirements.withExtra(extra);
    }

    /** A quote that was not echoed would be another one each time. */
    private static Json.Obj absent(Json.Obj extra, String member) {
        return member.equals(SignedQuotes.MEMBER) ? extra.without(member) : extra;
    }
}
