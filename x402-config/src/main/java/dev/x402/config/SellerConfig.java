package dev.x402.config;

import dev.x402.core.Flow;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.QuoteKeys;
import dev.x402.core.seller.WayToPay;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The section {@code seller}: what is sold, and for how much. */
public final class SellerConfig {
    private final List<PricedRoute> routes;
    private final List<Consumer<PaymentGate.Builder>> settings;

    private SellerConfig(List<PricedRoute> routes, List<Consumer<PaymentGate.Builder>> settings) {
        this.routes = List.copyOf(routes);
        this.settings = List.copyOf(settings);
    }

    static SellerConfig of(Section seller) {
        List<PricedRoute> routes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section.Item item : seller.items("routes")) {
            item.section().ifPresent(section -> {
                route(section, ids).ifPresent(routes::add);
                section.finish();
            });
        }
        seller.missing("routes", "a list of routes");
        List<Consumer<PaymentGate.Builder>> settings = new ArrayList<>();
        seller.section("quotes").ifPresent(quotes -> {
            keys(quotes).ifPresent(keys -> settings.add(gate -> gate.quotes(keys)));
            quotes.finish();
        });
        seller.positive("lease").ifPresent(length -> settings.add(gate -> gate.lease(length)));
        seller.duration("waitInFlight").ifPresent(length -> settings.add(gate -> gate.waitInFlight(length)));
        seller.number("keepAtMost", 0).ifPresent(bytes -> settings.add(gate -> gate.keepAtMost(bytes)));
        seller.positive("verifyWithin").ifPresent(length -> settings.add(gate -> gate.verifyWithin(length)));
        seller.positive("settleWithin").ifPresent(length -> settings.add(gate -> gate.settleWithin(length)));
        seller.positive("refreshSupported").ifPresent(length -> settings.add(gate -> gate.refreshSupported(length)));
        seller.positive("watchEvery").ifPresent(length -> settings.add(gate -> gate.watchEvery(length)));
        return new SellerConfig(routes, settings);
    }

    private static Optional<QuoteKeys> keys(Section quotes) {
        quotes.missing("keys", "a list of references such as ${QUOTE_KEY}");
        List<Section.Item> items = quotes.items("keys");
        List<String> keys = new ArrayList<>();
        items.forEach(item -> item.secret().ifPresent(secret -> secret.use(keys::add)));
        if (keys.isEmpty() || keys.size() < items.size()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    QuoteKeys.parse(keys.get(0), keys.subList(1, keys.size()).toArray(String[]::new)));
        } catch (IllegalArgumentException e) {
            quotes.problem("keys", "expected 32 bytes or more in base64 in each, saw something else");
            return Optional.empty();
        }
    }

    private static Optional<PricedRoute> route(Section route, Set<String> ids) {
        route.missing("id", "a name that no other route has");
        route.missing("ways", "a list of ways to pay");
        PricedRoute.Builder builder = PricedRoute.builder(route.text("id")
                .filter(id -> {
                    if (!ids.add(id)) {
                        route.problem("id", "expected a name that no other route has, saw " + Shown.of(id) + " again");
                    }
                    return true;
                })
                .orElse(""));
        builder.resource(new ResourceInfo(
                "",
                route.text("description").orElse(null),
                route.text("mimeType").orElse(null),
                route.text("serviceName").orElse(null),
                route.has("tags")
                        ? route.items("tags").stream()
                                .flatMap(tag -> tag.text().stream())
                                .toList()
                        : null,
                route.text("iconUrl").orElse(null),
                Json.Obj.EMPTY));
        route.parsed("flow", SellerConfig::flow).ifPresent(builder::flow);
        route.positive("quoteFor").ifPresent(builder::quoteFor);
        route.parsed("serveAt", SellerConfig::stage).ifPresent(builder::serveAt);
        route.parsed("trustUpTo", Price::parse).ifPresent(builder::trustUpTo);
        for (Section.Item item : route.items("ways")) {
            item.section().ifPresent(section -> {
                way(section).ifPresent(builder::way);
                section.finish();
            });
        }
        return Optional.of(builder.build());
    }

    private static Optional<WayToPay> way(Section way) {
        way.missing("scheme", "the name of a scheme such as exact");
        way.missing("network", "a network such as eip155:8453");
        way.missing("price", "a price such as 0.01 USD");
        way.missing("payTo", "an account or a role");
        Optional<Price> price = way.parsed("price", Price::parse);
        Optional<String> payTo = way.replaced("payTo");
        Optional<String> scheme = way.text("scheme");
        Optional<Network> network = way.parsed("network", Network::parse);
        Optional<String> asset = way.text("asset");
        Optional<Integer> timeout = way.number("maxTimeoutSeconds", 1);
        Optional<Flow> flow = way.parsed("flow", SellerConfig::flow);
        Optional<Stage> serveAt = way.parsed("serveAt", SellerConfig::stage);
        Optional<Price> trustUpTo = way.parsed("trustUpTo", Price::parse);
        Optional<Json.Obj> extra = way.section("extra").map(Section::json);
        if (price.isEmpty() || payTo.isEmpty() || scheme.isEmpty() || network.isEmpty()) {
            return Optional.empty();
        }
        WayToPay.Builder builder = WayToPay.by(new Kind(scheme.get(), network.get()))
                .price(price.get())
                .payTo(payTo.get());
        asset.ifPresent(builder::asset);
        timeout.ifPresent(builder::maxTimeoutSeconds);
        flow.ifPresent(builder::flow);
        serveAt.ifPresent(builder::serveAt);
        trustUpTo.ifPresent(builder::trustUpTo);
        extra.ifPresent(builder::extra);
        return Optional.of(builder.build());
    }

    private static Flow flow(String word) {
        return Flow.parse(word)
                .filter(flow -> flow != Flow.ESCROW)
                .orElseThrow(
                        () -> new IllegalArgumentException("expected authorization or upfront, saw " + Shown.of(word)));
    }

    private static Stage stage(String word) {
        return switch (word) {
            case "seen" -> Stage.SEEN;
            case "settled" -> Stage.SETTLED;
            case "final" -> Stage.FINAL;
            default -> throw new IllegalArgumentException("expected seen, settled or final, saw " + Shown.of(word));
        };
    }

    /** The routes, in the order of the file. */
    public List<PricedRoute> routes() {
        return routes;
    }

    /**
     * Begins a gate with the routes and what else the file says of it.
     *
     * <p>Facilitator, claims, clock and pause are still to be given; routes may be added, such as those whose price is a
     * function.
     */
    public PaymentGate.Builder gate(Plugins plugins) {
        PaymentGate.Builder gate = PaymentGate.builder(plugins);
        routes.forEach(gate::route);
        settings.forEach(setting -> setting.accept(gate));
        return gate;
    }

    /** How many routes there are. */
    @Override
    public String toString() {
        return "seller with " + routes.size() + " routes";
    }
}
