package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Settlement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles before the work, where the offer says so: the handler runs only for money that moved.
 *
 * <p>That it is asked is written down before. So after a crash the identical request settles again, which moves nothing
 * twice, and then runs the handler.
 */
final class Charging implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Charging.class);

    private final Claims claims;
    private final Steps.Settle settle;
    private final Steps.Release release;

    Charging(Claims claims, Steps.Settle settle, Steps.Release release) {
        this.claims = claims;
        this.settle = settle;
        this.release = release;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        if (!walk.settlesFirst()) {
            return Optional.empty();
        }
        if (walk.charge().isEmpty()) {
            Optional<Decision> obstacle = written(walk, settle.charge(walk));
            if (obstacle.isPresent()) {
                claims.forget(walk);
                return obstacle;
            }
        }
        Settlement settlement = settle.settle(walk);
        Completion completion = release.release(walk, settlement);
        claims.note(walk, settlement, false);
        if (completion instanceof Completion.Release released) {
            walk.paid(((Settlement.Settled) settlement).receipt().payer(), released.receipt());
            return Optional.empty();
        }
        claims.forget(walk);
        return Optional.of((Decision) completion);
    }

    private Optional<Decision> written(Walk walk, Charge charge) {
        try {
            if (!claims.ask(walk, charge)) {
                return Optional.of(LookUp.lost());
            }
        } catch (RuntimeException e) {
            LOG.warn("a charge could not be written down, and nothing is settled: {}", Fault.of(e));
            return Optional.of(LookUp.storeUnavailable());
        }
        return Optional.empty();
    }
}
