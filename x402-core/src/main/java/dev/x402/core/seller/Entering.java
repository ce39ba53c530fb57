package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.core.seller.ResourceRequest.Proofs;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who bought access before; asked only where a proof came and no payment, before anything is quoted. */
final class Entering implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Entering.class);

    private final Sides sides;

    Entering(Sides sides) {
        this.sides = sides;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        Map<String, String> proofs =
                walk.request().attribute(Proofs.class).map(Proofs::byName).orElse(Map.of());
        if (proofs.isEmpty() || !(walk.request().presented() instanceof Presented.None)) {
            return Optional.empty();
        }
        Visit visit = Sides.visit(walk);
        for (Map.Entry<String, ServerSide> side : sides.all().entrySet()) {
            if (side.getValue().proofs().stream().noneMatch(proofs::containsKey)) {
                continue;
            }
            Access access = enter(
                    side.getKey(),
                    side.getValue(),
                    visit.withDeclared(walk.route().extensions().find(side.getKey())));
            if (access instanceof Access.Granted granted) {
                return Optional.of(new Decision.Grant(new Entrance(granted)));
            }
            if (access instanceof Access.Denied denied) {
                walk.denied(denied);
            }
        }
        return Optional.empty();
    }

    private static Access enter(String key, ServerSide side, Visit visit) {
        try {
            return side.enter(visit);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("extension {} failed to let a visitor in; payment is asked: {}", key, Fault.of(e));
            return new Access.Unknown();
        }
    }
}
