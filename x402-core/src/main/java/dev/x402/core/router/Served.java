package dev.x402.core.router;

import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one facilitator said last, and what it said before; swapped as one.
 *
 * @param answer of the last time, with the usable kinds alone
 * @param heard when that was
 * @param past kinds of earlier answers
 */
record Served(SupportedResponse answer, Instant heard, List<Past> past) {
    static final Served NOTHING = new Served(
            new SupportedResponse(List.of(), List.of(), List.of(), Map.of(), Json.Obj.EMPTY), Instant.MIN, List.of());

    /** A kind as it was said before, and how long offers of then are routed. */
    record Past(SupportedKind kind, Instant until) {}

    Served then(SupportedResponse newer, Instant now, Duration honour) {
        Stream<Past> kept = past.stream()
                .filter(old -> old.until().isAfter(now) && !newer.kinds().contains(old.kind()));
        Stream<Past> replaced = answer.kinds().stream()
                .filter(kind -> !newer.kinds().contains(kind))
                .map(kind -> new Past(kind, now.plus(honour)));
        return new Served(newer, now, Stream.concat(replaced, kept).toList());
    }

    boolean heardSince(Instant time) {
        return !heard.isBefore(time);
    }

    Optional<SupportedKind> find(Kind kind) {
        return answer.find(kind);
    }

    /** Whether these terms can have come from what was said now or before. */
    boolean made(PaymentRequirements terms, Instant now, Duration honour) {
        boolean current =
                heardSince(now.minus(honour)) && answer.kinds().stream().anyMatch(kind -> agrees(kind, terms));
        return current || past.stream().anyMatch(old -> old.until().isAfter(now) && agrees(old.kind(), terms));
    }

    private static boolean agrees(SupportedKind kind, PaymentRequirements terms) {
        Json.Obj extra = terms.extraOrEmpty();
        return kind.kind().equals(terms.kind())
                && (kind.extra() == null
                        || kind.extra().members().entrySet().stream()
                                .allMatch(said -> extra.find(said.getKey())
                                        .map(said.getValue()::equals)
                                        .orElse(true)));
    }
}
