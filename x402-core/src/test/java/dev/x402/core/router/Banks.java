package dev.x402.core.router;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Payment;
import dev.x402.spi.RouteStore;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A router before two banks, {@code north} and {@code south}, that serve the same terms unless told otherwise. */
final class Banks implements AutoCloseable {
    static final PaymentRequirements DRAFT =
            PaymentRequirements.of(Coin.ON_MAIN, AtomicAmount.of(10_000), "gold", "bob", 300, Json.Obj.EMPTY);

    final Time time = new Time();
    final Bank north = new Bank();
    final Bank south = new Bank();
    final Coin coin = new Coin();
    final Plugins plugins;
    final RouteStore routes;
    final FacilitatorRouter router;

    Banks() {
        this(builder -> builder);
    }

    Banks(UnaryOperator<FacilitatorRouter.Builder> change) {
        this(change, null);
    }

    Banks(UnaryOperator<FacilitatorRouter.Builder> change, @Nullable RouteStore store) {
        plugins = Plugins.builder()
                .clock(time)
                .add(coin)
                .add(new Coin.Ground())
                .add(new Coin.Mint())
                .build();
        routes = store == null ? InMemoryRouteStore.of(time) : store;
        router = change.apply(start()).build();
    }

    /** What a replica or a restarted process builds over the same banks and routes. */
    FacilitatorRouter.Builder start() {
        return FacilitatorRouter.builder(plugins)
                .add(RoutedFacilitator.of("north", north))
                .add(RoutedFacilitator.of("south", south))
                .routes(routes)
                .clock(time)
                .random(new Random(7))
                .executor(Runnable::run);
    }

    Instant by() {
        return time.instant().plusSeconds(10);
    }

    /** An offer as a gate makes it now: the router chooses, the scheme completes. */
    PaymentRequirements offer() {
        return offer(router);
    }

    PaymentRequirements offer(FacilitatorRouter chooser) {
        SupportedKind kind = chooser.kindFor(DRAFT, chooser.supported(by())).orElseThrow();
        return plugins.server(Coin.ON_MAIN).complete(DRAFT, kind, by());
    }

    Payment payment(String nonce) {
        return payment(offer(), nonce);
    }

    static Payment payment(PaymentRequirements offer, String nonce) {
        return Payment.of(Coin.payment(offer, nonce), offer);
    }

    Verification verify(Payment payment) {
        return router.verify(payment, by());
    }

    Settlement settle(Payment payment) {
        return router.settle(payment, by());
    }

    static Settlement.Pending notStarted() {
        return new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(2));
    }

    static Verification unavailable() {
        return new Verification.Unavailable("closed", Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        plugins.close();
    }
}
