package dev.x402.core.seller;

import dev.x402.core.seller.Served.Known;
import dev.x402.core.seller.Served.State;
import dev.x402.core.seller.Served.Unknown;
import dev.x402.core.seller.WayToPay.Term;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Phase;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes the offers anew for each request; what is constant is completed once for each answer of the facilitator. */
final class RecomputedQuotes implements Quotes {
    private static final Set<Phase> CHARGE_ONLY = Set.of(Phase.CHARGE);

    private final Plugins plugins;
    private final Pricing pricing;
    private final Served served;
    private final Clock clock;
    private final Duration within;

    RecomputedQuotes(Plugins plugins, Pricing pricing, Served served, Clock clock, Duration within) {
        this.plugins = plugins;
        this.pricing = pricing;
        this.served = served;
        this.clock = clock;
        this.within = within;
    }

    @Override
    public Quote quote(PricedRoute route, ResourceRequest request) {
        State state = served.current();
        if (!(state instanceof Known known)) {
            return notReady("the facilitator " + ((Unknown) state).message());
        }
        List<Offer> offers = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (WayToPay way : route.ways()) {
            try {
                offers.add(offer(known, way, request));
            } catch (NotReadyException e) {
                problems.add(e.getMessage());
            } catch (PriceException e) {
                throw new PriceException("route " + route.id() + ", " + way + ": " + e.getMessage(), e);
            }
        }
        return offers.isEmpty() ? notReady(String.join("; ", problems)) : new Quote.Ready(offers);
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
                if (isConstant(way)) {
                    offer(known, way, ResourceRequest.of("", route.id(), "", ""));
                } else {
                    kind(known, way);
                }
            } catch (NotReadyException | PriceException e) {
                problems.add("route " + route.id() + ", " + way + ": " + e.getMessage());
            }
        }
        return problems;
    }

    static boolean isConstant(WayToPay way) {
        return way.price() instanceof Term.Constant
                && way.payTo() instanceof Term.Constant
                && !(way.asset().orElse(null) instanceof Term.Computed);
    }

    private Offer offer(Known known, WayToPay way, ResourceRequest request) {
        Offer remembered = known.completed().get(way);
        if (remembered != null) {
            return remembered;
        }
        SchemeServer server = plugins.server(way.kind());
        Offer offer =
                new Offer(completed(server, pricing.draft(way, request), kind(known, way)), server.dynamicExtra());
        if (isConstant(way) && offer.dynamicExtra().isEmpty()) {
            known.completed().put(way, offer);
        }
        return offer;
    }

    private static SupportedKind kind(Known known, WayToPay way) {
        Optional<SupportedKind> kind = known.answer().find(way.kind());
        if (kind.isEmpty()) {
            throw new NotReadyException("the facilitator does not serve " + way.kind() + "; it serves "
                    + known.answer().kinds().stream().map(SupportedKind::kind).toList());
        }
        return kind.get();
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
