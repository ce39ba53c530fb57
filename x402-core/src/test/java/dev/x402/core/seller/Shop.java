package dev.x402.core.seller;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gate in front of a report that costs 0.01 gold, with everything around it in hand. */
final class Shop implements AutoCloseable {
    static final String URL = "https://shop.example/report";
    static final PaymentRequirements OFFER = PaymentRequirements.of(
            Coin.ON_MAIN, AtomicAmount.of(10_000), "gold", "bob", 300, Json.Obj.EMPTY.with("teller", "tina"));

    static final QuoteKeys KEYS = QuoteKeys.of(Bytes.of(new byte[32]));

    final Time time = new Time();
    final Coin coin = new Coin();
    final Bank bank = new Bank();
    final List<GateEvent> events = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final Plugins plugins;
    final PaymentGate gate;
    ClaimStore claims = InMemoryClaimStore.builder(time).build();

    Shop() {
        this(gate -> gate.route(report()), List.of(), null);
    }

    Shop(UnaryOperator<PaymentGate.Builder> change) {
        this(change, List.of(), null);
    }

    /** A shop where coins may go back for so long. */
    static Shop returning(Duration window, UnaryOperator<PaymentGate.Builder> change) {
        return new Shop(change, List.of(), null, window);
    }

    Shop(UnaryOperator<PaymentGate.Builder> change, List<PaymentExtension> extensions, @Nullable ClaimStore store) {
        this(change, extensions, store, Duration.ZERO);
    }

    private Shop(
            UnaryOperator<PaymentGate.Builder> change,
            List<PaymentExtension> extensions,
            @Nullable ClaimStore store,
            Duration window) {
        Plugins.Builder builder = Plugins.builder()
                .clock(time)
                .add(coin)
                .add(new Coin.Ground(window))
                .add(new Coin.Mint());
        extensions.forEach(builder::add);
        plugins = builder.build();
        claims = store == null ? claims : store;
        gate = change.apply(PaymentGate.builder(plugins)
                        .facilitator(bank)
                        .claims(claims)
                        .clock(time)
                        .quotes(KEYS)
                        .pause(this::pause)
                        .listener(events::add))
                .build();
    }

    private void pause(Duration length) {
        pauses.add(length);
        time.pass(length);
    }

    static PricedRoute report() {
        return PricedRoute.of("report", way().build());
    }

    static WayToPay.Builder way() {
        return WayToPay.by(Coin.ON_MAIN).price(Price.money("0.01", "USD")).payTo("bob");
    }

    static ResourceRequest request() {
        return ResourceRequest.of("GET", "report", "/report", URL);
    }

    static ResourceRequest paid(String nonce) {
        return request().withPayment(Coin.payment(OFFER, nonce));
    }

    static ResourceRequest paid(PaymentPayload payload) {
        return request().withPayment(payload);
    }

    static PaymentRequired challenge(String error) {
        return PaymentRequired.of(error, ResourceInfo.of(URL), List.of(OFFER));
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Decides, and fails unless the handler may run. */
    Admission admitted(ResourceRequest request) {
        Decision decision = gate.decide(request);
        if (decision instanceof Decision.Admit admit) {
            return admit.admission();
        }
        throw new AssertionError("expected an admission, saw " + decision);
    }

    Completion bought(ResourceRequest request, String response) {
        return admitted(request).finish(bytes(response));
    }

    List<GateEvent.What> whats() {
        return events.stream().map(GateEvent::what).toList();
    }

    /** The receipt of a coin that alice spent. */
    static SettleResponse receipt(String nonce) {
        return new SettleResponse(
                true, null, null, "alice", "tx-alice-" + nonce, Coin.MAIN, null, null, null, Json.Obj.EMPTY);
    }

    static SettleResponse failure(ErrorCode code, @Nullable String message, String transaction) {
        return failure(code, message, "alice", transaction);
    }

    static SettleResponse failure(
            ErrorCode code, @Nullable String message, @Nullable String payer, String transaction) {
        return new SettleResponse(
                false, code, message, payer, transaction, Coin.MAIN, null, null, null, Json.Obj.EMPTY);
    }

    @Override
    public void close() {
        plugins.close();
    }
}
