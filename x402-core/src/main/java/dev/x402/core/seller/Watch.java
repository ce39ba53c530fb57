package dev.x402.core.seller;

import dev.x402.spec.Network;
import dev.x402.spi.Payment;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long money that came may go back, and when to ask after it. */
final class Watch {
    private final Plugins plugins;
    private final Clock clock;
    private final Duration every;

    /** Rails whose window is no longer than {@code every} are not watched. */
    Watch(Plugins plugins, Clock clock, Duration every) {
        this.plugins = plugins;
        this.clock = clock;
        this.every = every;
    }

    /** How long settled money may go back; zero where it cannot, or nobody knows the network. */
    Duration window(Network network) {
        return plugins.network(network).map(RailNetwork::reversalWindow).orElse(Duration.ZERO);
    }

    /**
     * The settlement with the date at which it becomes final, where its rail returns money.
     *
     * <p>As the facilitator tells it, if the rail makes that possible; else as we told it before; else a window from now.
     */
    Settlement dated(Payment asked, Optional<Settlement> known, Settlement now) {
        Duration window = window(asked.requirements().network());
        if (window.isZero() || !(now instanceof Settlement.Settled settled) || settled.stage() == Stage.FINAL) {
            return now;
        }
        Instant present = clock.instant();
        Instant latest = present.plus(window).plus(window);
        boolean told =
                settled.receipt().finalAt().filter(end -> !end.isAfter(latest)).isPresent();
        if (told) {
            return now;
        }
        Instant end = known.flatMap(Watch::finalAt).orElse(present.plus(window));
        return new Settlement.Settled(settled.receipt().withFinalAt(end), settled.stage());
    }

    /** When to ask again; empty: what is known is known for good, or not watched. */
    Optional<Duration> again(Payment asked, Settlement now) {
        if (now instanceof Settlement.Pending pending) {
            return Optional.of(pending.retryAfter());
        }
        if (!(now instanceof Settlement.Settled settled)
                || settled.stage() == Stage.FINAL
                || window(asked.requirements().network()).compareTo(every) <= 0) {
            return Optional.empty();
        }
        Instant present = clock.instant();
        Instant end = settled.receipt().finalAt().orElse(present);
        if (!present.isBefore(end.plus(every))) {
            return Optional.empty();
        }
        Duration left = Duration.between(present, end);
        return Optional.of(left.isNegative() || left.isZero() || left.compareTo(every) > 0 ? every : left);
    }

    private static Optional<Instant> finalAt(Settlement known) {
        return known instanceof Settlement.Settled settled ? settled.receipt().finalAt() : Optional.empty();
    }
}
