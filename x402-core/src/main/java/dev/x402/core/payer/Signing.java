package dev.x402.core.payer;

import dev.x402.core.Fault;
import dev.x402.core.Flow;
import dev.x402.spec.AssetId;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    Outcome sign(String url, PaymentRequired required, Instant by) {
        Map<PaymentRequirements, String> why = new LinkedHashMap<>();
        List<Candidate> payable = new ArrayList<>();
        for (PaymentRequirements offer : required.accepts()) {
            Optional<String> obstacle = obstacle(offer);
            if (obstacle.isPresent()) {
                why.put(offer, obstacle.get());
            } else {
                payable.add(candidate(offer));
            }
        }
        Choice choice = offers.choose(url, required, payable);
        payable.forEach(candidate -> why.put(
                candidate.offer(), choice.why().getOrDefault(candidate, "refused by the policy without a reason")));
        boolean retryable = false;
        for (Candidate candidate : choice.preferred()) {
            if (!payable.contains(candidate)) {
                throw new IllegalStateException("offer policy: expected candidates that it was given, saw another on "
                        + candidate.offer().kind());
            }
            SpendPolicy.Answer answer = spend.reserve(url, candidate);
            if (answer instanceof SpendPolicy.Answer.Denied denied) {
                why.put(candidate.offer(), denied.why());
                continue;
            }
            SpendPolicy.Hold hold = ((SpendPolicy.Answer.Granted) answer).hold();
            try {
                Optional<Purchase.Paid> paid = paid(required, candidate.offer(), hold, by, why);
                if (paid.isPresent()) {
                    return new Signed(paid.get(), hold);
                }
                why.put(candidate.offer(), "costs more than the ceiling of " + hold.ceiling());
            } catch (RailUnavailableException e) {
                retryable = true;
                why.put(candidate.offer(), "the rail could not be read: " + e.getMessage());
            }
        }
        return new Unsigned(new Purchase.Refused(verdicts(required, why, null), retryable));
    }

    /** Commits the hold before anybody sees the signature; gives it back when nobody will. */
    private Optional<Purchase.Paid> paid(
            PaymentRequired required,
            PaymentRequirements offer,
            SpendPolicy.Hold hold,
            Instant by,
            Map<PaymentRequirements, String> why) {
        boolean committed = false;
        try {
            if (offer.amount().compareTo(hold.ceiling()) > 0) {
                return Optional.empty();
            }
            Json.Obj answers = extensions.answers(required, offer);
            SchemePayload signed = plugins.client(offer.kind())
                    .pay(offer, new PayContext(Extensions.declared(required), hold.ceiling(), by));
            Purchase.Paid paid = new Purchase.Paid(
                    payload(required, offer, signed, answers),
                    offer,
                    verdicts(required, why, offer),
                    signed.liveUntil());
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

    private static List<Verdict> verdicts(
            PaymentRequired required, Map<PaymentRequirements, String> why, @Nullable PaymentRequirements chosen) {
        return required.accepts().stream()
                .map(offer -> new Verdict(offer, offer.equals(chosen), why.getOrDefault(offer, "")))
                .toList();
    }

    /** Why no plugin can pay the offer. */
    private Optional<String> obstacle(PaymentRequirements offer) {
        if (Flow.of(offer).isEmpty()) {
            return Optional.of("extra/paymentFlow: expected one of authorization, escrow, upfront, saw another");
        }
        try {
            Optional<SchemeClient> client = plugins.findClient(offer.kind());
            if (client.isEmpty()) {
                return Optional.of("no plugin pays by " + offer.kind());
            }
            return client.get().canPay(offer)
                    ? Optional.empty()
                    : Optional.of("the plugin for " + offer.kind() + " cannot pay it");
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the plugin for {} failed; its offer is not considered: {}", offer.kind(), Fault.of(e));
            return Optional.of("the plugin for " + offer.kind() + " failed"
                    + (e instanceof PluginConfigurationException ? ": " + e.getMessage() : ""));
        }
    }

    private Candidate candidate(PaymentRequirements offer) {
        AssetId id = new AssetId(
                offer.network(),
                plugins.canonicalAsset(offer.network(), offer.asset()).orElse(offer.asset()));
        return new Candidate(offer, id, plugins.asset(id), plugins.network(offer.network()));
    }
}
