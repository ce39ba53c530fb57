package dev.x402.core.seller;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Lets money count only when it is as sure as the route asks; until then it is pending. */
final class Assurance {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, PricedRoute> routes;
    private final Plugins plugins;
    private final Pricing pricing;
    private final Clock clock;

    Assurance(Map<String, PricedRoute> routes, Plugins plugins, Clock clock) {
        this.routes = routes;
        this.plugins = plugins;
        this.pricing = new Pricing(plugins);
        this.clock = clock;
    }

    /** The settlement as it counts for this route. */
    Settlement counted(String route, Payment asked, Settlement answer) {
        if (!(answer instanceof Settlement.Settled settled)
                || settled.stage() == Stage.FINAL
                || Settling.isUnproven(settled, asked)
                || isEnough(route, asked, settled.stage())) {
            return answer;
        }
        return new Settlement.Pending(
                Optional.of(settled.receipt().reference()), true, wait(asked.requirements(), settled));
    }

    /** Where ways of one kind ask for different things, the strictest counts. */
    private boolean isEnough(String route, Payment asked, Stage stage) {
        PricedRoute priced = routes.get(route);
        return priced == null
                || priced.ways().stream()
                        .filter(way -> way.kind().equals(asked.kind()))
                        .allMatch(way -> stage.compareTo(way.serveAt()) >= 0 || isTrusted(way, asked.requirements()));
    }

    private boolean isTrusted(WayToPay way, PaymentRequirements asked) {
        return limit(way, asked.asset())
                .filter(most -> asked.amount().compareTo(most) <= 0)
                .isPresent();
    }

    private Optional<AtomicAmount> limit(WayToPay way, String asset) {
        try {
            return way.trustUpTo().map(most -> pricing.amount(way, asset, most));
        } catch (PriceException unknown) {
            return Optional.empty();
        }
    }

    private Duration wait(PaymentRequirements asked, Settlement.Settled settled) {
        Duration left = settled.stage() == Stage.SEEN
                ? plugins.network(asked.network())
                        .map(RailNetwork::expectedTime)
                        .orElse(SHORTEST)
                : settled.receipt()
                        .finalAt()
                        .map(end -> Duration.between(clock.instant(), end))
                        .orElse(SHORTEST);
        return left.compareTo(SHORTEST) < 0 ? SHORTEST : left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }
}
