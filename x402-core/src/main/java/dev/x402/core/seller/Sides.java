package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.seller.ResourceRequest.Place;
import dev.x402.core.seller.ResourceRequest.Proofs;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Claim.Charge;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.Settlement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seller's sides of the extensions, as the steps ask them; what an extension throws is logged here. */
final class Sides {
    private static final Logger LOG = LoggerFactory.getLogger(Sides.class);

    private final Map<String, ServerSide> byKey;

    Sides(Map<String, ServerSide> byKey) {
        this.byKey = byKey;
    }

    Map<String, ServerSide> all() {
        return byKey;
    }

    /** The names of the proofs that let visitors in. */
    Set<String> proofs() {
        return byKey.values().stream().flatMap(side -> side.proofs().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Members of {@code info} that are new in every challenge. */
    Set<String> dynamicInfo(String key) {
        ServerSide side = byKey.get(key);
        return side == null ? Set.of() : side.dynamicInfo();
    }

    /** The request as extensions see it. */
    static Visit visit(Walk walk) {
        ResourceRequest request = walk.request();
        Place place = request.attribute(Place.class).orElse(Place.NONE);
        return new Visit(
                request.tenant(),
                request.method(),
                request.route(),
                place.template(),
                place.parameters(),
                request.target(),
                request.bodyDigest(),
                request.caller(),
                walk.route().resource(request.url()),
                Optional.empty(),
                request.attribute(Proofs.class).map(Proofs::byName).orElse(Map.of()));
    }

    /** What the challenge declares: what the route says, as extensions complete it. */
    Json.Obj declared(Walk walk, List<PaymentRequirements> offers) {
        Json.Obj declared = walk.route().extensions();
        if (byKey.isEmpty()) {
            return declared;
        }
        Visit visit = visit(walk);
        for (Map.Entry<String, ServerSide> side : byKey.entrySet()) {
            Optional<Json> completed = declare(walk, side, visit.withDeclared(declared.find(side.getKey())), offers);
            declared = completed.isPresent()
                    ? declared.with(side.getKey(), completed.get())
                    : declared.without(side.getKey());
        }
        return declared;
    }

    private static Optional<Json> declare(
            Walk walk, Map.Entry<String, ServerSide> side, Visit visit, List<PaymentRequirements> offers) {
        try {
            return side.getValue().declare(visit, offers);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "extension {} failed to declare itself; the challenge goes without it: {}",
                    side.getKey(),
                    Fault.of(e));
            walk.incomplete();
            return Optional.empty();
        }
    }

    /** Tells what became of the money; false: an extension could not take it in, and is to be told again. */
    boolean told(Walk walk, Settlement now) {
        if (byKey.isEmpty() || !moved(now)) {
            return true;
        }
        Charge charge = walk.charge().orElseThrow();
        Sale sale = new Sale(charge.payment().tenant(), charge.route(), charge.key(), charge.payment(), now);
        boolean all = true;
        for (Map.Entry<String, ServerSide> side : byKey.entrySet()) {
            try {
                side.getValue().became(sale);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("extension {} could not take in {}; it is told again: {}", side.getKey(), sale, Fault.of(e));
                all = false;
            }
        }
        return all;
    }

    /** Whether money moved, or went back; where nothing was taken, nothing was bought. */
    private static boolean moved(Settlement now) {
        return now instanceof Settlement.Settled settled
                ? !settled.receipt().amount().isZero()
                : now instanceof Settlement.Reversed;
    }

    /** What extensions add to a receipt, of those that we declared and the payer echoed; one that fails adds nothing. */
    Json.@Nullable Obj contributions(Walk walk, Settlement settlement) {
        Payment payment = walk.payment();
        Json.Obj echoed = payment.payload().extensions();
        Json.Obj declared = walk.isQuoted() ? walk.required().extensions() : null;
        if (echoed == null || declared == null) {
            return null;
        }
        Json.Obj added = Json.Obj.EMPTY;
        for (Map.Entry<String, ServerSide> side : byKey.entrySet()) {
            Json echo = echoed.members().get(side.getKey());
            if (echo == null || declared.find(side.getKey()).isEmpty()) {
                continue;
            }
            try {
                Optional<Json> contributed = side.getValue().contribute(payment, echo, settlement);
                if (contributed.isPresent()) {
                    added = added.with(side.getKey(), contributed.get());
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(
                        "extension {} failed to contribute to a receipt; nothing is added: {}",
                        side.getKey(),
                        Fault.of(e));
            }
        }
        return added.isEmpty() ? null : added;
    }
}
