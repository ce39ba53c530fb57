package dev.x402.core.payer;

import dev.x402.core.Fault;
import dev.x402.core.Flow;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.plugins.PluginConfigurationException;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one choke point: what can be paid, what is preferred, what may be spent, then the signature. */
final class Signing {
    private static final Logger LOG = LoggerFactory.getLogger(Signing.class);

    private final Plugins plugins;
    private final OfferPolicy offers;
    private final SpendPolicy spend;
    private final Extensions extensions;

    Signing(Plugins plugins, OfferPolicy offers, SpendPolicy spend) {
        this.plugins = plugins;
        this.offers = offers;
        this.spend = spend;
        this.extensions = new Extensions(plugins);
    }

    Signing forTask(String task) {
        return new Signing(plugins, offers, spend.forTask(task));
    }

    sealed interface Outcome {
        Purchase purchase();
    }

    record Signed(Purchase.Paid paid, SpendPolicy.Hold hold) implements Outcome {
        @Override
        public Purchase purchase() {
            return paid;
        }
    }

    record Unsigned(Purchase.Refused refused) implements Outcome {
        @Override
        public Purchase purchase() {
            return refused;
        }
    }

    /** What the policy says of every offer; nothing is reserved, nothing signed. */
    Explanation explain(String url, PaymentRequired required) {
        Findings findings = payable(required);
        Choice choice = offers.choose(url, required, findings.payable());
        findings.judge(choice);
        findings.chooseFirst(choice);
        return new Explanation(findings.verdicts());
    }

    Outcome sign(String url, PaymentRequired required, Instant by) {
        Findings findings = payable(required);
        Choice choice = offers.choose(url, required, findings.payable());
        findings.judge(choice);
        boolean retryable = false;
        for (Candidate candidate : choice.preferred()) {
            SpendPolicy.Answer answer = spend.reserve(url, candidate);
            if (answer instanceof SpendPolicy.Answer.Denied denied) {
                findings.refuse(candidate, denied.why());
                continue;
            }
            SpendPolicy.Hold hold = ((SpendPolicy.Answer.Granted) answer).hold();
            try {
                Optional<Purchase.Paid> paid = paid(required, candidate, hold, by, findings);
                if (paid.isPresent()) {
                    if (LOG.isInfoEnabled()) {
                        LOG.info(
                                "pays {}: {}",
                                Address.withoutQuery(url),
                                Findings.inOneLine(paid.get().verdicts()));
                    }
                    return new Signed(paid.get(), hold);
                }
                findings.refuse(candidate, "costs more than the ceiling of " + hold.ceiling());
            } catch (RailUnavailableException e) {
                retryable = true;
                findings.refuse(candidate, "the rail could not be read: " + e.getMessage());
            }
        }
        List<Verdict> verdicts = findings.verdicts();
        if (LOG.isInfoEnabled()) {
            LOG.info("pays nothing to {}: {}", Address.withoutQuery(url), Findings.inOneLine(verdicts));
        }
        return new Unsigned(new Purchase.Refused(verdicts, retryable));
    }

    private Findings payable(PaymentRequired required) {
        Findings findings = new Findings(required.accepts());
        for (int i = 0; i < required.accepts().size(); i++) {
            judge(required.accepts().get(i), i, findings);
        }
        return findings;
    }

    /** Commits the hold before anybody sees the signature; gives it back when nobody will. */
    private Optional<Purchase.Paid> paid(
            PaymentRequired required, Candidate candidate, SpendPolicy.Hold hold, Instant by, Findings findings) {
        PaymentRequirements offer = candidate.offer();
        boolean committed = false;
        try {
            if (offer.amount().compareTo(hold.ceiling()) > 0) {
                return Optional.empty();
            }
            Json.Obj answers = extensions.answers(required, offer);
            SchemePayload signed = plugins.client(offer.kind())
                    .pay(offer, new PayContext(Extensions.declared(required), hold.ceiling(), by));
            findings.choose(candidate);
            Purchase.Paid paid = new Purchase.Paid(
                    payload(required, offer, signed, answers), offer, findings.verdicts(), signed.liveUntil());
            hold.commit(signed.liveUntil());
            committed = true;
            return Optional.of(paid);
        } finally {
            if (!committed) {
                hold.release();
            }
        }
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static PaymentPayload payload(
            PaymentRequired required, PaymentRequirements offer, SchemePayload signed, Json.Obj answers) {
        return new PaymentPayload(
                required.resource(),
                offer,
                signed.payload(),
                Extensions.merged(required, signed, answers),
                Json.Obj.EMPTY);
    }

    /** Writes down whether some plugin can pay the offer. */
    private void judge(PaymentRequirements offer, int index, Findings findings) {
        if (Flow.of(offer).isEmpty()) {
            findings.isNotPayable(
                    index, "extra/paymentFlow: expected one of authorization, escrow, upfront, saw another");
            return;
        }
        String kind = Shown.of(offer.kind().toString());
        try {
            Optional<SchemeClient> client = plugins.findClient(offer.kind());
            if (client.isEmpty()) {
                findings.isNotPayable(index, "no plugin pays by " + kind);
            } else if (client.get().canPay(offer)) {
                findings.isPayable(index, Candidate.of(offer, plugins));
            } else {
                findings.isNotPayable(index, "the plugin for " + kind + " cannot pay it");
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the plugin for {} failed; its offer is not considered: {}", kind, Fault.of(e));
            findings.isNotPayable(
                    index,
                    "the plugin for " + kind + " failed"
                            + (e instanceof PluginConfigurationException ? ": " + e.getMessage() : ""));
        }
    }
}
