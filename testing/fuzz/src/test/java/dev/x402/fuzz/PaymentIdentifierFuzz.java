package dev.x402.fuzz;

import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.identifier.PaymentIdentifier;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Refusal;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a payer echoes as the name of a payment: refused with a code, or bound, and then the same again. */
public final class PaymentIdentifierFuzz {
    private static final PaymentRequirements OFFER = PaymentRequirements.of(
            Seller.KIND, AtomicAmount.of(10_000), Seller.TOKEN, Seller.PAYEE, 60, Json.Obj.EMPTY);
    private static final Visit VISIT = new Visit(
            "",
            "GET",
            "report",
            "/report",
            Map.of(),
            "/report",
            "",
            "",
            ResourceInfo.of("https://seller.example/report"),
            Optional.of(PaymentIdentifier.required()),
            Map.of());

    private static final Fresh STORE = new Fresh();
    private static final ServerSide SIDE = Plugins.builder()
            .add(new PaymentIdentifier())
            .port(Store.class, STORE)
            .clock(Seller.CLOCK)
            .build()
            .extensionServers()
            .get(PaymentIdentifier.KEY);

    private PaymentIdentifierFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        Optional<Json> echo = Decoding.body(Codec.JSON, data);
        if (echo.isEmpty()) {
            return;
        }
        STORE.empty();
        PaymentPayload payload = payload(echo.get(), Json.Obj.EMPTY);
        Optional<Refusal> early = SIDE.refuse(VISIT, payload);
        Decoding.same(early, SIDE.reserve(VISIT, payload));
        Decoding.same(early, SIDE.reserve(VISIT, payload));
        early.ifPresent(refusal -> Decoding.same(false, refusal.conflict()));
        Optional<Refusal> other = SIDE.refuse(VISIT, payload(echo.get(), Json.Obj.EMPTY.with("proof", "another")));
        Decoding.same(early.isEmpty(), other.filter(Refusal::conflict).isPresent());
    }

    private static PaymentPayload payload(Json echo, Json.Obj proof) {
        return new PaymentPayload(null, OFFER, proof, Json.Obj.EMPTY.with(PaymentIdentifier.KEY, echo), Json.Obj.EMPTY);
    }

    /** A store that is empty for each input. */
    private static final class Fresh implements Store {
        private volatile Store store = InMemoryExtensionStore.of(Seller.CLOCK);

        void empty() {
            store = InMemoryExtensionStore.of(Seller.CLOCK);
        }

        @Override
        public Optional<Bytes> find(String space, String key) {
            return store.find(space, key);
        }

        @Override
        public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
            return store.write(space, key, seen, next, until);
        }
    }
}
