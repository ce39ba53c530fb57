package dev.x402.quickstart;

import com.google.auto.service.AutoService;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
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
import dev.x402.siwx.Plan;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** The weather is bought from a bank account: the money takes a day, and two days later the payer's bank takes it back. */
@AutoService(Scene.class)
public final class PaidByAch implements Scene {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant MONDAY = at("2026-03-02T10:00");
    private static final Instant TUESDAY = at("2026-03-03T12:00");
    private static final Instant THURSDAY = at("2026-03-05T12:00");
    private static final Kind ACH = new Kind("exact", Network.parse("ach:us"));
    private static final String ORIGINATOR = "QUICKSTART";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The simulated bank returns what ends so: R01, insufficient funds, two banking days later. */
    private static final String PRICE = "4.01 USD";

    @Override
    public int order() {
        return 300;
    }

    @Override
    public String title() {
        return "the same report is paid from a bank account, and the bank takes the money back";
    }

    @Override
    public String play(Story story) throws Exception {
        JumpingClock clock = new JumpingClock(Clock.systemUTC(), MONDAY);
        SecureRandom random = new SecureRandom();
        SimulatedBank bank = SimulatedBank.builder(clock, random).build();
        LocalAchWallet wallet = LocalAchWallet.generate(random);
        String payer = bank.open(new BankAccount("021000021", "000123456789", AccountKind.CONSUMER_CHECKING));
        String shop = bank.open(new BankAccount("110000000", "000987654321", AccountKind.CORPORATE_CHECKING));
        bank.deposit(payer, 10_000);
        InMemoryMandateBook book = new InMemoryMandateBook();
        book.enrol("", wallet.agree(mandate(payer, wallet, clock)));
        AchFacilitatorConfig config = new AchFacilitatorConfig(
                ORIGINATOR,
                bank,
                book,
                new AchDesk(bank, book, clock, alarm -> {}),
                List.of(new Payee("", "merchant", shop)),
                Speed.NEXT_DAY);
        try (LocalFacilitator facilitator = new LocalFacilitator(
                        Plugins.builder()
                                .discover()
                                .port(AchFacilitatorConfig.class, config)
                                .clock(clock)
                                .build(),
                        clock);
                Plugins plugins = Plugins.builder()
                        .discover()
                        .port(AchWallet.class, wallet)
                        .clock(clock)
                        .build();
                WeatherSeller seller = WeatherSeller.withPlan(
                        List.of(WayToPay.by(ACH).price(PRICE).payTo("merchant").build()),
                        facilitator.uri(),
                        clock,
                        Plan.forEver(),
                        settings -> settings.identity(new Customers(payer)).sessionFor(Duration.ofDays(7)))) {
            story.tell("a simulated bank opens on Monday, and the payer signs a mandate");
            return buy(story, new Deal(client(plugins, clock), seller, clock), bank, shop);
        }
    }

    private record Deal(PayingClient client, WeatherSeller seller, JumpingClock clock) {}

    private static String buy(Story story, Deal deal, SimulatedBank bank, String shop) throws Exception {
        WeatherSeller seller = deal.seller();
        HttpRequest request = HttpRequest.newBuilder(seller.weather()).build();
        Outcome<String> onMonday = deal.client().send(request, BodyHandlers.ofString());
        if (!(onMonday instanceof Outcome.Unknown<String> waiting)) {
            throw unexpected("a payment on its way on Monday", onMonday);
        }
        story.tell("Monday: GET %s is %d, come again: the debit of %s is on its way, and nothing was sold yet"
                .formatted(seller.weather(), waiting.status().orElse(0), PRICE));

        deal.clock().jump(TUESDAY);
        Outcome<String> onTuesday = deal.client().send(request, BodyHandlers.ofString(), waiting.intent());
        if (!(onTuesday instanceof Outcome.Paid<String> paid)) {
            throw unexpected("the report on Tuesday", onTuesday);
        }
        SettleResponse receipt =
                paid.receipt().orElseThrow(() -> new IllegalStateException("the answer has no receipt"));
        Instant end = paid.finalAt().orElseThrow(() -> new IllegalStateException("the receipt tells no date"));
        story.tell("Tuesday: the same request is %d %s"
                .formatted(paid.response().statusCode(), paid.response().body()));
        story.tell("the receipt: trace %s, %s until %s"
                .formatted(receipt.transaction(), paid.stage().map(Stage::word).orElse("?"), end));
        story.tell("the shop has %d cents, and its orders are %s".formatted(bank.balance(shop), seller.orders()));
        String session = Customers.session(seller.weather());
        story.tell("the customer, known by a token, has a session: GET %s in it is %d, without a payment"
                .formatted(seller.weather(), Customers.status(seller.weather(), session)));

        deal.clock().jump(THURSDAY);
        awaitCancelled(deal);
        story.tell("Thursday: the payer's bank returns the debit as R01; the seller's next poll hears of it");
        story.tell("the shop has %d cents, and its orders are %s".formatted(bank.balance(shop), seller.orders()));
        if (bank.balance(shop) != 0) {
            throw new IllegalStateException(
                    "expected the bank to have taken the money back, saw " + bank.balance(shop) + " cents");
        }
        int status = Customers.status(seller.weather(), session);
        story.tell("the session lives, and opens nothing any more: GET %s in it is %d"
                .formatted(seller.weather(), status));
        if (status != 402) {
            throw new IllegalStateException("expected the session to be asked for a payment, saw " + status);
        }
        return "verdict: 1 debit settled a day later, 1 return two days after that, 1 order cancelled, 1 session closed,"
                + " in %d ms".formatted(story.elapsed().toMillis());
    }

    /** Polls by the hour, as a server does by the second, until the order is cancelled. */
    private static void awaitCancelled(Deal deal) throws InterruptedException {
        long begin = System.nanoTime();
        while (!deal.seller().orders().equals(List.of(WeatherSeller.Order.CANCELLED))) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException("expected the order to be cancelled by a return, saw "
                        + deal.seller().orders() + " after " + PATIENCE);
            }
            deal.clock().jump(deal.clock().instant().plus(Duration.ofHours(1)));
            Thread.sleep(100);
            deal.seller().poll();
        }
    }

    private static IllegalStateException unexpected(String what, Outcome<String> seen) {
        return new IllegalStateException("expected " + what + ", saw "
                + (seen instanceof Outcome.Refused<String> refused
                        ? refused.message()
                        : seen.getClass().getSimpleName()));
    }

    private static PayingClient client(Plugins plugins, Clock clock) {
        Payer payer = Payer.builder(plugins)
                .offers(BuyerPolicy.parse("only USD", "at most 5 USD per payment"))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
        return PayingClient.builder(payer, clock).within(Duration.ofSeconds(15)).build();
    }

    private static Mandate mandate(String account, LocalAchWallet wallet, Clock clock) {
        Instant now = clock.instant();
        return new Mandate(
                "mdt_0000000000000001",
                ORIGINATOR,
                "merchant",
                account,
                wallet.key(),
                SecCode.WEB,
                Mandate.Scope.RECURRING,
                10_000,
                Mandate.Period.MONTH,
                now,
                now.plus(Duration.ofDays(365)));
    }

    private static Instant at(String newYork) {
        return LocalDateTime.parse(newYork).atZone(NEW_YORK).toInstant();
    }
}
