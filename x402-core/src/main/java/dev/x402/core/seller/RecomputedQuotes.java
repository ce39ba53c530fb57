package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.core.seller.Served.Completed;
import dev.x402.core.seller.Served.Known;
import dev.x402.core.seller.Served.State;
import dev.x402.core.seller.Served.Unknown;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Phase;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes the offers anew for each request; what is constant is completed once for each answer of the facilitator. */
final class RecomputedQuotes implements Quotes {
    private static final Logger LOG = LoggerFactory.getLogger(RecomputedQuotes.class);
    private static final Set<Phase> CHARGE_ONLY = Set.of(Phase.CHARGE);

    private final Plugins plugins;
    private final Pricing pricing;
    private final Served served;
    private final @Nullable SignedQuotes signed;
    private final EarlierOffers earlier = new EarlierOffers();
    private final Clock clock;
    private final Duration within;

    /** Without signed quotes there must be nothing to compute. */
    RecomputedQuotes(
            Plugins plugins,
            Pricing pricing,
            Served served,
            @Nullable SignedQuotes signed,
            Clock clock,
            Duration within) {
        this.plugins = plugins;
        this.pricing = pricing;
        this.served = served;
        this.signed = signed;
        this.clock = clock;
        this.within = within;
    }

    @Override
    public Quote quote(PricedRoute route, ResourceRequest request, Optional<Offer> honoured) {
        State state = served.current();
        if (!(state instanceof Known known)) {
            return notReady("the facilitator " + ((Unknown) state).message());
        }
        List<Offer> offers = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (WayToPay way : route.ways()) {
            try {
                offers.add(offer(known, route, way, request));
            } catch (NotReadyException e) {
                problems.add(e.getMessage());
                insteadOf(way, honoured).ifPresent(offers::add);
            } catch (PriceException e) {
                String problem = "route " + route.id() + ", " + way + ": " + e.getMessage();
                if (honoured.isEmpty()) {
                    throw new PriceException(problem, e);
                }
                LOG.warn("an earlier quote is honoured, and no offer can be made: {}", problem);
                insteadOf(way, honoured).ifPresent(offers::add);
            }
        }
        return offers.isEmpty() ? notReady(String.join("; ", problems)) : new Quote.Ready(offers);
    }

    private static Optional<Offer> insteadOf(WayToPay way, Optional<Offer> honoured) {
        return honoured.filter(offer -> offer.requirements().kind().equals(way.kind()));
    }

    /** What keeps the route from being sold, as far as no request is needed. */
    List<String> problems(PricedRoute route) {
        State state = served.current();
        if (!(state instanceof Known known)) {
            return List.of("route " + route.id() + ": the facilitator " + ((Unknown) state).message());
        }
        List<String> problems = new ArrayList<>();
        for (WayToPay way : route.ways()) {
            try {
                if (!way.isComputed()) {
                    offer(known, route, way, ResourceRequest.of("", route.id(), "", ""));
                } else {
                    requireServed(known, way.kind());
                }
            } catch (NotReadyException | PriceException e) {
                problems.add("route " + route.id() + ", " + way + ": " + e.getMessage());
            }
        }
        return problems;
    }

    private Offer offer(Known known, PricedRoute route, WayToPay way, ResourceRequest request) {
        Completed remembered = known.completed().get(way);
        if (remembered != null && served.kindFor(remembered.draft(), known).equals(Optional.of(remembered.kind()))) {
            return remembered.offer();
        }
        SchemeServer server = plugins.server(way.kind());
        PaymentRequirements draft = pricing.draft(way, request);
        SupportedKind kind = kind(known, draft);
        PaymentRequirements completed = completed(server, draft, kind);
        Set<String> dynamic = server.dynamicExtra();
        if (way.isComputed()) {
            return quoted(completed, dynamic, request, route.quoteFor());
        }
        Offer offer = new Offer(completed, dynamic);
        earlier.made(way, offer, clock.instant());
        if (dynamic.isEmpty()) {
            known.completed().put(way, new Completed(draft, kind, offer));
        }
        return offer;
    }

    @Override
    public List<Offer> earlier(PricedRoute route) {
        Instant now = clock.instant();
        return route.ways().stream()
                .flatMap(way -> earlier.of(way, now).stream())
                .toList();
    }

    private Offer quoted(PaymentRequirements completed, Set<String> dynamic, ResourceRequest request, Duration lasts) {
        if (completed.extraOrEmpty().find(SignedQuotes.MEMBER).isPresent()) {
            throw new PriceException("the scheme added extra/" + SignedQuotes.MEMBER + ", which is the quote's own");
        }
        return new Offer(
                requireNonNull(signed, "signed").signed(completed, dynamic, request, lasts),
                SignedQuotes.withQuote(dynamic));
    }

    private SupportedKind kind(Known known, PaymentRequirements draft) {
        return served.kindFor(draft, known).orElseThrow(() -> unserved(known, draft.kind()));
    }

    private static void requireServed(Known known, Kind kind) {
        if (known.answer().find(kind).isEmpty()) {
            throw unserved(known, kind);
        }
    }

    private static NotReadyException unserved(Known known, Kind kind) {
        return new NotReadyException("the facilitator does not serve " + kind + "; it serves "
                + known.answer().kinds().stream().map(SupportedKind::kind).toList());
    }

    private PaymentRequirements completed(SchemeServer server, PaymentRequirements draft, SupportedKind kind) {
        PaymentRequirements completed;
        try {
            completed = server.complete(draft, kind, clock.instant().plus(within));
        } catch (RailUnavailableException e) {
            throw new NotReadyException(draft.kind() + " could not be completed: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new PriceException("the scheme refuses the offer: " + e.getMessage(), e);
        }
        requireOnlyAdded(draft, completed);
        if (!server.phases(completed).equals(CHARGE_ONLY)) {
            throw new PriceException("money would move in " + server.phases(completed) + "; expected CHARGE alone");
        }
        return completed;
    }

    private static void requireOnlyAdded(PaymentRequirements draft, PaymentRequirements completed) {
        Json.Obj extra = completed.extraOrEmpty();
        boolean kept = draft.extraOrEmpty().members().entrySet().stream()
                .allMatch(member -> member.getValue().equals(extra.members().get(member.getKey())));
        if (!kept || !completed.withExtra(Json.Obj.EMPTY).equals(draft.withExtra(Json.Obj.EMPTY))) {
            throw new PriceException("the scheme changed terms of the offer; it may only add to extra");
        }
    }

    private static Quote.NotReady notReady(String message) {
        return new Quote.NotReady(ErrorCode.FACILITATOR_UNAVAILABLE, message, Served.RETRY);
    }

    /** A way to pay cannot be used now. */
    private static final class NotReadyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotReadyException(String message) {
            super(message);
        }
    }
}
