package dev.x402.identifier;

import com.sun.net.httpserver.HttpServer;
import dev.x402.core.Pause;
import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.http.jdk.EndpointHandler;
import dev.x402.http.server.PaidRoutes;
import dev.x402.scheme.ach.AccountKind;
import dev.x402.scheme.ach.AchDesk;
import dev.x402.scheme.ach.AchFacilitatorConfig;
import dev.x402.scheme.ach.AchFacilitatorConfig.Payee;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.AchWallet;
import dev.x402.scheme.ach.InMemoryMandateBook;
import dev.x402.scheme.ach.LocalAchWallet;
import dev.x402.scheme.ach.Mandate;
import dev.x402.scheme.ach.SecCode;
import dev.x402.scheme.ach.bank.BankAccount;
import dev.x402.scheme.ach.bank.SimulatedBank;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Papers sold over HTTP for 25 cents of a prefunded bank account. */
final class Newsstand implements AutoCloseable {
    static final Kind ACH = new Kind("exact", Network.parse("ach:us"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How many papers were printed. */
    final AtomicInteger printed = new AtomicInteger();
    /** How many of the next answers to payments are lost on their way. */
    final AtomicInteger losing = new AtomicInteger();
    /** The payments that came, as they came. */
    final List<String> payments = Collections.synchronizedList(new ArrayList<>());

    final Plugins buying;
    final CountingFacilitator facilitator;
    private final String shop;
    private final SimulatedBank bank;
    private final FacilitatorEngine engine;
    private final Plugins facilitating;
    private final Plugins selling;
    private final PaidRoutes routes;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(16);

    Newsstand() throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        bank = SimulatedBank.builder(clock, random).build();
        String payer = bank.open(new BankAccount("021000021", "000123456789", AccountKind.CONSUMER_CHECKING));
        shop = bank.open(new BankAccount("110000000", "000987654321", AccountKind.CORPORATE_CHECKING));
        bank.deposit(payer, 100_00);
        bank.prefund(payer, 50_00);
        LocalAchWallet wallet = LocalAchWallet.generate(random);
        InMemoryMandateBook book = new InMemoryMandateBook();
        book.enrol("", wallet.agree(mandate(payer, wallet, clock)));
        facilitating = Plugins.builder()
                .discover()
                .port(
                        AchFacilitatorConfig.class,
                        new AchFacilitatorConfig(
                                "NEWSSTAND1",
                                bank,
                                book,
                                new AchDesk(bank, book, clock, alarm -> {}),
                                List.of(new Payee("", "merchant", shop)),
                                Speed.NEXT_DAY))
                .clock(clock)
                .build();
        engine = FacilitatorEngine.builder(
                        facilitating, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "one")
                .clock(clock)
                .build();
        facilitator = new CountingFacilitator(engine);
        buying = Plugins.builder()
                .discover()
                .port(AchWallet.class, wallet)
                .clock(clock)
                .build();
        // snippet: selling
        selling = Plugins.builder()
                .discover()
                .port(PaymentExtension.Store.class, InMemoryExtensionStore.of(clock))
                .clock(clock)
                .build();
        PricedRoute paper = PricedRoute.builder("paper")
                .way(prefunded())
                .extensions(Json.Obj.EMPTY.with(PaymentIdentifier.KEY, PaymentIdentifier.optional()))
                .build();
        // end: selling
        PricedRoute strict = PricedRoute.builder("strict")
                .way(prefunded())
                .extensions(Json.Obj.EMPTY.with(PaymentIdentifier.KEY, PaymentIdentifier.required()))
                .build();
        PaymentGate gate = PaymentGate.builder(selling)
                .facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(Pause.ofThreads())
                .waitInFlight(PATIENCE)
                .verifyWithin(PATIENCE)
                .settleWithin(PATIENCE)
                .route(paper)
                .route(strict)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        routes = PaidRoutes.builder(gate, uri(""))
                .price("*", "/paper", "paper")
                .price("GET", "/strict", "strict")
                .tenant(request -> String.join("", request.headers("Tenant")))
                .build();
        server.createContext("/", new EndpointHandler(this::answer));
        server.setExecutor(threads);
        server.start();
    }

    private static WayToPay prefunded() {
        return WayToPay.by(ACH)
                .price(Price.money("0.25", "USD"))
                .payTo("merchant")
                .extra(Json.Obj.EMPTY.with("funding", "prefunded"))
                .build();
    }

    private static Mandate mandate(String account, LocalAchWallet wallet, Clock clock) {
        Instant now = clock.instant();
        return new Mandate(
                "mdt_newsstand0000001",
                "NEWSSTAND1",
                "merchant",
                account,
                wallet.key(),
                SecCode.WEB,
                Mandate.Scope.RECURRING,
                100_00,
                Mandate.Period.MONTH,
                now,
                now.plus(Duration.ofDays(365)));
    }

    private Answer answer(IncomingRequest request) throws IOException {
        List<String> paying = request.headers("PAYMENT-SIGNATURE");
        payments.addAll(paying);
        Answer answer =
                routes.answer(request, (paid, limit) -> Optional.of(print())).orElseGet(() -> Answer.of(404));
        if (!paying.isEmpty() && losing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("the answer is lost");
        }
        return answer;
    }

    private Answer print() {
        int edition = printed.incrementAndGet();
        return Answer.of(201)
                .with("Edition", String.valueOf(edition))
                .withBody(Bytes.of(("paper " + edition).getBytes(StandardCharsets.UTF_8)));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** What the shop has, in cents. */
    long taken() {
        return bank.balance(shop);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        selling.close();
        buying.close();
        engine.close();
        facilitating.close();
    }
}
