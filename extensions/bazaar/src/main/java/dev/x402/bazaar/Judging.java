package dev.x402.bazaar;

import dev.x402.bazaar.Candidates.Candidate;
import dev.x402.bazaar.Findings.Finding;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import java.util.Optional;

/** The facilitator's side: judges what is declared, and hands on what was paid; asks nobody. */
final class Judging implements PaymentExtension.FacilitatorSide {
    private static final int LONGEST_REASON = 300;

    private final Prober prober;
    private final PaymentExtension.Context context;

    Judging(Prober prober, PaymentExtension.Context context) {
        this.prober = prober;
        this.context = context;
    }

    /** A payment that was merely verified costs nothing, so it brings nothing but a refusal. */
    @Override
    public Optional<Json> answer(Payment payment, Json echoed, boolean settled) {
        Candidate candidate;
        try {
            candidate = candidate(payment, echoed);
        } catch (MalformedMessageException e) {
            return Optional.of(rejected(String.valueOf(e.getMessage())));
        }
        if (!settled) {
            return Optional.empty();
        }
        Optional<Finding> found = prober.found(candidate.id());
        if (found.isPresent()) {
            String rejected = found.get().rejected();
            return Optional.of(rejected.isEmpty() ? status("success") : rejected(rejected));
        }
        return Optional.of(
                prober.offer(candidate)
                        ? status("processing")
                        : rejected("too much waits to be looked at; it is taken in with a later payment"));
    }

    private Candidate candidate(Payment payment, Json echoed) {
        Declared declared = Declared.read(echoed);
        ResourceInfo resource = payment.payload().resource();
        if (resource == null) {
            throw new MalformedMessageException("/resource", "the resource that was paid", "none");
        }
        Target target = Target.parse("/resource/url", resource.url(), prober.reach());
        PaymentRequirements paid = payment.requirements();
        Probe.Subject subject = new Probe.Subject(target, declared.type(), declared.operation());
        String id = String.join(
                " ",
                declared.type(),
                declared.operation(),
                target.url(),
                paid.scheme(),
                paid.network().toString(),
                account(paid));
        return new Candidate(
                id,
                subject,
                offer -> offer.kind().equals(paid.kind()) && account(offer).equals(account(paid)));
    }

    private String account(PaymentRequirements offer) {
        return context.canonicalAccount(offer.network(), offer.payTo()).orElse(offer.payTo());
    }

    private static Json status(String status) {
        return Json.object().put("status", status).build();
    }

    private static Json rejected(String reason) {
        return Json.object()
                .put("status", "rejected")
                .put("rejectedReason", PlainText.line(reason, LONGEST_REASON))
                .build();
    }
}
