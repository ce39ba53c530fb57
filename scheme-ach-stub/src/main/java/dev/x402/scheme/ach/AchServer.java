package dev.x402.scheme.ach;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.SchemeServer;
import java.time.Instant;
import java.util.Optional;

/** The payee's side: says who will debit and where the money comes from; refuses what nobody could pay. */
final class AchServer implements SchemeServer {
    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        if (Terms.read(draft) instanceof Terms.Read.Refused refused) {
            throw new IllegalArgumentException(refused.why().message());
        }
        Terms terms = ((Terms.Read.Sound) Terms.read(draft)).terms();
        Json.Obj said = kind.extra() == null ? Json.Obj.EMPTY : kind.extra();
        String originator = said.text(Ach.ORIGINATOR)
                .filter(Ach::isOriginator)
                .orElseThrow(() -> new IllegalArgumentException("supported kind " + kind.kind()
                        + ": expected extra.originator, saw none; ask another facilitator"));
        if (!terms.originator().isEmpty() && !terms.originator().equals(originator)) {
            throw new IllegalArgumentException("extra.originator: expected " + originator + ", saw another");
        }
        if (terms.funding() == Funding.GUARANTEED && !isGuaranteed(terms.cents(), said)) {
            throw new IllegalArgumentException(
                    "amount: expected at most what the facilitator guarantees, saw more; offer prefunded or debit");
        }
        Json.Obj extra = draft.extraOrEmpty().with(Ach.ORIGINATOR, originator);
        boolean told =
                extra.find(Ach.FUNDING).filter(value -> value != Json.Null.NULL).isPresent();
        return draft.withExtra(
                told ? extra : extra.with(Ach.FUNDING, terms.funding().word()));
    }

    private static boolean isGuaranteed(long cents, Json.Obj said) {
        Optional<String> most = said.text(Ach.GUARANTEED).filter(text -> text.length() <= 10 && text.matches("[0-9]+"));
        return most.isPresent() && cents <= Long.parseLong(most.get());
    }
}
