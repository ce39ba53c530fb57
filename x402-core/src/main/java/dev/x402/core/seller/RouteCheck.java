package dev.x402.core.seller;

import dev.x402.core.Flow;
import dev.x402.core.seller.WayToPay.Term;
import dev.x402.spi.plugins.PluginConfigurationException;
import dev.x402.spi.plugins.Plugins;
import dev.x402.spi.plugins.UnsupportedKindException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds every problem of priced routes that can be seen without I/O. */
final class RouteCheck {
    private final Plugins plugins;
    private final Pricing pricing;

    RouteCheck(Plugins plugins) {
        this.plugins = plugins;
        this.pricing = new Pricing(plugins);
    }

    List<String> problems(Collection<PricedRoute> routes) {
        List<String> problems = new ArrayList<>();
        if (routes.isEmpty()) {
            problems.add("routes: expected at least one, saw none; add route(…)");
        }
        for (PricedRoute route : routes) {
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
