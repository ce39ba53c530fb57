package dev.x402.core.seller;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Constant offers as they were made before the facilitator, or the choice of one, changed.
 *
 * <p>Each is honoured for as long as a payment of it may take, by the process that made it. Safe for threads.
 */
final class EarlierOffers {
    private static final int MOST = 16;

    private final Map<WayToPay, Made> made = new ConcurrentHashMap<>();

    void made(WayToPay way, Offer offer, Instant now) {
        made.merge(way, new Made(offer, List.of()), (before, fresh) -> before.then(offer, now));
    }

    List<Offer> of(WayToPay way, Instant now) {
        Made last = made.get(way);
        return last == null
                ? List.of()
                : last.past().stream()
                        .filter(past -> past.until().isAfter(now))
                        .map(Past::offer)
                        .toList();
    }

    /** The offer of now, and those before it, the newest first. */
    private record Made(Offer offer, List<Past> past) {
        Made then(Offer now, Instant at) {
            if (same(offer, now)) {
                return this;
            }
            Past replaced = new Past(offer, at.plusSeconds(offer.requirements().maxTimeoutSeconds()));
            return new Made(
                    now,
                    Stream.concat(Stream.of(replaced), past.stream())
                            .filter(one -> one.until().isAfter(at) && !same(one.offer(), now))
                            .limit(MOST)
                            .toList());
        }
    }

    private record Past(Offer offer, Instant until) {}

    private static boolean same(Offer one, Offer other) {
        return lasting(one).equals(lasting(other));
    }

    private static PaymentRequirements lasting(Offer offer) {
        Json.Obj extra = offer.requirements().extraOrEmpty();
        for (String member : offer.dynamicExtra()) {
            extra = extra.without(member);
        }
        return offer.requirements().withExtra(extra);
    }
}
