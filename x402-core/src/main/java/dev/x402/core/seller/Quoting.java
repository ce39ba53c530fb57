package dev.x402.core.seller;

import dev.x402.core.seller.Quotes.Quote;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.plugins.Plugins;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the offers, answers unpaid requests, and finds the offer that a payment accepts. */
final class Quoting implements Step {
    private final Plugins plugins;
    private final Quotes quotes;
    private final @Nullable SignedQuotes signed;
    private final Echo echo;
    private final Sides sides;

    Quoting(Plugins plugins, Quotes quotes, @Nullable SignedQuotes signed, Echo echo, Sides sides) {
        this.plugins = plugins;
        this.quotes = quotes;
        this.signed = signed;
        this.echo = echo;
        this.sides = sides;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        Optional<Offer> honoured = honoured(walk);
        Quote quote = quotes.quote(walk.route(), walk.request(), honoured);
        if (quote instanceof Quote.Ready ready) {
            return quoted(walk, ready.offers(), honoured);
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

    private Optional<Decision> quoted(Walk walk, List<Offer> offers, Optional<Offer> honoured) {
        walk.quoted(required(walk, offers));
        Presented presented = walk.request().presented();
        if (presented instanceof Presented.None) {
            return Optional.of(walk.denied()
                    .map(denied -> new Decision.Challenge(
                            walk.withError(denied.code().value()),
                            Optional.of(denied.code()),
                            denied.message(),
                            Optional.empty(),
                            denied.answers()))
                    .orElseGet(() -> new Decision.Challenge(
                            walk.withError("payment required"),
                            Optional.empty(),
                            "payment required",
                            Optional.empty())));
        }
        if (presented instanceof Presented.Malformed malformed) {
            return Optional.of(malformed(
                    malformed, Optional.of(walk.withError(malformed.code().value()))));
        }
        match(walk, offers, honoured, ((Presented.Payment) presented).payload().accepted());
        return Optional.empty();
    }

    /** What we quoted for this very request before, whatever would be asked now. */
    private Optional<Offer> honoured(Walk walk) {
        if (signed == null || !(walk.request().presented() instanceof Presented.Payment presented)) {
            return Optional.empty();
        }
        PaymentRequirements accepted = presented.payload().accepted();
        if (accepted.extraOrEmpty().text(SignedQuotes.MEMBER).isEmpty()) {
            return Optional.empty();
        }
        Optional<String> asset = plugins.canonicalAsset(accepted.network(), accepted.asset());
        Optional<String> payTo = plugins.canonicalAccount(accepted.network(), accepted.payTo());
        if (asset.isEmpty() || payTo.isEmpty()) {
            return Optional.empty();
        }
        PaymentRequirements terms = PaymentRequirements.of(
                accepted.kind(),
                accepted.amount(),
                asset.get(),
                payTo.get(),
                accepted.maxTimeoutSeconds(),
                accepted.extraOrEmpty());
        Set<String> dynamic =
                plugins.findServer(terms.kind()).map(SchemeServer::dynamicExtra).orElse(Set.of());
        SignedQuotes.Seen seen = signed.look(terms, dynamic, walk.request());
        if (seen instanceof SignedQuotes.Seen.Over over) {
            walk.quoteIsOver(over.end());
        }
        return seen instanceof SignedQuotes.Seen.Holds
                ? Optional.of(new Offer(terms, SignedQuotes.withQuote(dynamic)))
                : Optional.empty();
    }

    private void match(Walk walk, List<Offer> offers, Optional<Offer> honoured, PaymentRequirements accepted) {
        Optional<PaymentRequirements> ours = honoured.or(() -> offers.stream()
                        .filter(offer -> echo.accepts(offer, accepted))
                        .findFirst())
                .or(() -> quotes.earlier(walk.route()).stream()
                        .filter(offer -> echo.accepts(offer, accepted))
                        .findFirst())
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
        Json.Obj extensions = sides.declared(walk, accepts);
        return new PaymentRequired(null, resource, accepts, extensions.isEmpty() ? null : extensions, Json.Obj.EMPTY);
    }
}
