package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.seller.Quotes.Quote;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the offers, answers unpaid requests, and finds the offer that a payment accepts. */
final class Quoting implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Quoting.class);

    private final Plugins plugins;
    private final Quotes quotes;
    private final Echo echo;

    Quoting(Plugins plugins, Quotes quotes, Echo echo) {
        this.plugins = plugins;
        this.quotes = quotes;
        this.echo = echo;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        Quote quote = quotes.quote(walk.route(), walk.request());
        if (quote instanceof Quote.Ready ready) {
            return quoted(walk, ready.offers());
        }
        Quote.NotReady not = (Quote.NotReady) quote;
        return Optional.of(
                walk.request().presented() instanceof Presented.Malformed malformed
                        ? malformed(malformed, Optional.empty())
                        : new Decision.RetryLater(
                                Decision.Wait.UNAVAILABLE,
                                not.code(),
                                "nothing can be sold now: " + not.message(),
                                not.retryAfter(),
                                Optional.empty()));
    }

    private Optional<Decision> quoted(Walk walk, List<Offer> offers) {
        walk.quoted(required(walk, offers));
        Presented presented = walk.request().presented();
        if (presented instanceof Presented.None) {
            return Optional.of(new Decision.Challenge(
                    walk.withError("payment required"), Optional.empty(), "payment required", Optional.empty()));
        }
        if (presented instanceof Presented.Malformed malformed) {
            return Optional.of(malformed(
                    malformed, Optional.of(walk.withError(malformed.code().value()))));
        }
        match(walk, offers, ((Presented.Payment) presented).payload().accepted());
        return Optional.empty();
    }

    private void match(Walk walk, List<Offer> offers, PaymentRequirements accepted) {
        Optional<PaymentRequirements> ours = offers.stream()
                .filter(offer -> echo.accepts(offer, accepted))
                .findFirst()
                .map(offer -> offer.echoedBy(accepted));
        walk.presented(
                new Payment(
                        ((Presented.Payment) walk.request().presented()).payload(),
                        ours.orElse(accepted),
                        walk.request().tenant()),
                ours.isPresent());
    }

    private static Decision.Reject malformed(Presented.Malformed malformed, Optional<PaymentRequired> required) {
        return new Decision.Reject(
                Decision.Refusal.MALFORMED, malformed.code(), malformed.message(), required, Optional.empty());
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private PaymentRequired required(Walk walk, List<Offer> offers) {
        ResourceInfo resource = walk.route().resource(walk.request().url());
        List<PaymentRequirements> accepts =
                offers.stream().map(Offer::requirements).toList();
        Json.Obj extensions = walk.route().extensions();
        for (PaymentExtension extension : plugins.extensions()) {
            if (extensions.find(extension.key()).isEmpty()) {
                extensions = with(extensions, extension, resource, accepts);
            }
        }
        return new PaymentRequired(null, resource, accepts, extensions.isEmpty() ? null : extensions, Json.Obj.EMPTY);
    }

    private static Json.Obj with(
            Json.Obj extensions, PaymentExtension extension, ResourceInfo resource, List<PaymentRequirements> accepts) {
        try {
            return extension
                    .declare(resource, accepts)
                    .map(declared -> extensions.with(extension.key(), declared))
                    .orElse(extensions);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "extension {} failed to declare itself; the challenge goes without it: {}",
                    extension.key(),
                    Fault.of(e));
            return extensions;
        }
    }
}
