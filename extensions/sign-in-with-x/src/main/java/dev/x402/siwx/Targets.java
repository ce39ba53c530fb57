package dev.x402.siwx;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** For which target a verified payment pays, as the server matched it; written down before money moves. */
final class Targets {
    private static final String SPACE = "siwx-target";
    private static final Duration LONGEST_SETTLEMENT = Duration.ofDays(35);
    private static final int TRIES = 100;

    private final Store store;
    private final Clock clock;

    Targets(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    static String of(Visit visit) {
        return Fingerprint.of(visit.method(), visit.target());
    }

    /** The request holds the payment's claim, so that its target is the one that counts. */
    void note(PaymentPayload payload, String target) {
        Bytes next = Bytes.of(target.getBytes(StandardCharsets.US_ASCII));
        String name = name(payload);
        for (int i = 0; i < TRIES; i++) {
            Optional<Bytes> seen = store.find(SPACE, name);
            if (seen.equals(Optional.of(next))) {
                return;
            }
            Store.Written written = store.write(
                    SPACE, name, seen, Optional.of(next), clock.instant().plus(LONGEST_SETTLEMENT));
            if (written == Store.Written.DONE) {
                return;
            }
            if (written == Store.Written.FULL) {
                throw new IllegalStateException("store: expected room for the target of a payment, saw none");
            }
        }
        throw new IllegalStateException("store: expected to note a target, saw others note it meanwhile");
    }

    Optional<String> noted(PaymentPayload payload) {
        return store.find(SPACE, name(payload)).map(bytes -> new String(bytes.toArray(), StandardCharsets.US_ASCII));
    }

    private static String name(PaymentPayload payload) {
        return Fingerprint.of(HexFormat.of().formatHex(Codec.JSON.write(sorted(payload.payload()))));
    }

    private static Json sorted(Json value) {
        if (value instanceof Json.Obj obj) {
            Map<String, Json> members = new TreeMap<>();
            obj.members().forEach((name, member) -> members.put(name, sorted(member)));
            return new Json.Obj(members);
        }
        if (value instanceof Json.Arr arr) {
            List<Json> elements = new ArrayList<>();
            arr.elements().forEach(element -> elements.add(sorted(element)));
            return new Json.Arr(elements);
        }
        return value;
    }
}
