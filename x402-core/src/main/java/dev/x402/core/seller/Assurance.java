package dev.x402.core.seller;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** Lets money count only when it is as sure as the route asks; until then it is pending. */
final class Assurance {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Plugins plugins;
    private final Pricing pricing;
    private final Clock clock;

    Assurance(Plugins plugins, Clock clock) {
        this.plugins = plugins;
        this.pricing = new Pricing(plugins);
        this.clock = clock;
    }

    /** How sure money must be that is asked on these terms; where ways of one kind differ, the strictest counts. */
    Stage enough(PricedRoute route, PaymentRequirements asked) {
        return route.ways().stream()
                .filter(way -> way.kind().equals(asked.kind()))
                .map(way -> isTrusted(way, asked) ? Stage.SEEN : way.serveAt())
                .max(Comparator.naturalOrder())
                .orElse(Stage.FINAL);
    }

    /** The settlement as it counts for what was asked, whatever the route says by now. */
    Settlement counted(Charge charge, Settlement answer) {
        if (!(answer instanceof Settlement.Settled settled)
                || settled.stage() == Stage.FINAL
                || Settling.isUnproven(settled, charge.payment())
                || settled.stage().compareTo(charge.enough()) >= 0) {
            return answer;
        }
        return new Settlement.Pending(
                Optional.of(settled.receipt().reference()),
                true,
                wait(charge.payment().requirements(), settled));
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
