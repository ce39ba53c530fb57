package dev.x402.core.seller;

import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Phase;
import dev.x402.spi.Settlement;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Asks the facilitator to move the money; whatever goes wrong from here on is pending, never failed. */
final class Settling implements Steps.Settle {
    static final Duration RETRY = Duration.ofSeconds(2);

    private final Plugins plugins;
    private final Facilitator facilitator;
    private final PendingPayments pending;
    private final Incidents incidents;
    private final Clock clock;
    private final Duration within;

    Settling(
            Plugins plugins,
            Facilitator facilitator,
            PendingPayments pending,
            Incidents incidents,
            Clock clock,
            Duration within) {
        this.plugins = plugins;
        this.facilitator = facilitator;
        this.pending = pending;
        this.incidents = incidents;
        this.clock = clock;
        this.within = within;
    }

    @Override
    public Settlement settle(Walk walk) {
        Settlement settlement = asked(walk);
        if (settlement instanceof Settlement.Pending open) {
            pending.remember(walk, open.retryAfter());
        } else {
            pending.forget(walk);
        }
        return settlement;
    }

    private Settlement asked(Walk walk) {
        Payment admitted = walk.payment();
        try {
            Payment charged = plugins.server(admitted.kind())
                    .settlement(admitted, Phase.CHARGE, admitted.requirements().amount());
            return facilitator.settle(charged, clock.instant().plus(within));
        } catch (RuntimeException | LinkageError e) {
            incidents.log(walk.request(), "settling", e);
            return new Settlement.Pending(Optional.empty(), true, RETRY);
        }
    }
}
