package dev.x402.core.seller;

import dev.x402.core.Flow;
import dev.x402.core.seller.WayToPay.Term;
import dev.x402.spi.plugins.PluginConfigurationException;
import dev.x402.spi.plugins.Plugins;
import dev.x402.spi.plugins.UnsupportedKindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds every problem of priced routes that can be seen without I/O. */
final class RouteCheck {
    private static final Duration SHORTEST_QUOTE = Duration.ofSeconds(1);
    private static final Duration LONGEST_QUOTE = Duration.ofHours(24);

    private final Plugins plugins;
    private final Pricing pricing;
    private final boolean quotes;

    RouteCheck(Plugins plugins, boolean quotes) {
        this.plugins = plugins;
        this.quotes = quotes;
        this.pricing = new Pricing(plugins);
    }

    List<String> problems(Collection<PricedRoute> routes) {
        List<String> problems = new ArrayList<>();
        if (routes.isEmpty()) {
            problems.add("routes: expected at least one, saw none; add route(…)");
        }
        for (PricedRoute route : routes) {
            problems.addAll(problems(route));
            if (route.ways().isEmpty()) {
                problems.add("route " + route.id() + ": expected a way to pay, saw none; a route without one is free"
                        + " and needs no gate");
            }
            for (WayToPay way : route.ways()) {
                for (String problem : problems(way)) {
                    problems.add("route " + route.id() + ", " + way + ": " + problem);
                }
            }
        }
        return problems;
    }

    private List<String> problems(PricedRoute route) {
        List<String> problems = new ArrayList<>();
        if (route.id().isBlank()) {
            problems.add("route: expected an id such as GET /reports, saw " + Shown.of(route.id()));
        }
        if (route.quoteFor().compareTo(SHORTEST_QUOTE) < 0 || route.quoteFor().compareTo(LONGEST_QUOTE) > 0) {
            problems.add("route " + route.id() + ": quoteFor: expected " + SHORTEST_QUOTE + " to " + LONGEST_QUOTE
                    + ", saw " + route.quoteFor());
        }
        if (route.isComputed() && !quotes) {
            problems.add("route " + route.id() + ": quotes: expected keys, because a term is a function of the"
                    + " request, saw none; add quotes(…)");
        }
        for (int i = 0; i < route.ways().size(); i++) {
            for (int j = 0; j < i; j++) {
                if (sameButPrice(route.ways().get(j), route.ways().get(i))) {
                    problems.add("route " + route.id() + ", " + route.ways().get(i) + ": expected one price, saw way "
                            + (j + 1) + " and way " + (i + 1) + " ask for the same asset to the same payee; keep one");
                    break;
                }
            }
        }
        return problems;
    }

    /** Two constant ways of which the second could only be another price of the first. */
    private boolean sameButPrice(WayToPay one, WayToPay other) {
        return one.kind().equals(other.kind())
                && one.extra().equals(other.extra())
                && one.payTo() instanceof Term.Constant
                && one.payTo().equals(other.payTo())
                && reference(one).isPresent()
                && reference(one).equals(reference(other));
    }

    private Optional<String> reference(WayToPay way) {
        return constantAsset(way, new ArrayList<>());
    }

    private List<String> problems(WayToPay way) {
        List<String> problems = new ArrayList<>();
        if (way.maxTimeoutSeconds() < 1) {
            problems.add("maxTimeoutSeconds: expected 1 or more, saw " + way.maxTimeoutSeconds());
        }
        if (way.flow().equals(Optional.of(Flow.ESCROW))) {
            problems.add("flow: expected authorization or upfront, saw escrow, which waits for a scheme that uses it");
        }
        if (way.namesFlowByHand()) {
            problems.add("extra/paymentFlow: expected none, saw one; say flow(…) instead");
        }
        tried(problems, () -> plugins.server(way.kind()));
        if (way.payTo() instanceof Term.Constant<String> constant) {
            tried(problems, () -> pricing.payTo(way, constant.value()));
        }
        Optional<String> asset = constantAsset(way, problems);
        if (way.price() instanceof Term.Unreadable<Price> unreadable) {
            problems.add(unreadable.problem());
        }
        if (way.extra().find(SignedQuotes.MEMBER).isPresent()) {
            problems.add("extra/" + SignedQuotes.MEMBER + ": expected none, saw one; the gate writes it");
        }
        way.distrust().ifPresent(problems::add);
        if (asset.isPresent() && way.trustUpTo().isPresent()) {
            tried(
                    problems,
                    () -> pricing.amount(way, asset.get(), way.trustUpTo().get()));
        }
        if (asset.isPresent() && way.price() instanceof Term.Constant<Price> constant) {
            tried(problems, () -> pricing.amount(way, asset.get(), constant.value()));
        }
        return problems;
    }

    private Optional<String> constantAsset(WayToPay way, List<String> problems) {
        if (way.asset().isPresent()) {
            return way.asset().get() instanceof Term.Constant<String> constant
                    ? tried(problems, () -> pricing.asset(way, Optional.of(constant.value())))
                    : Optional.empty();
        }
        return tried(problems, () -> pricing.asset(way, Optional.empty()));
    }

    private static <T> Optional<T> tried(List<String> problems, Supplier<T> attempt) {
        try {
            return Optional.of(attempt.get());
        } catch (PriceException | UnsupportedKindException | PluginConfigurationException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
