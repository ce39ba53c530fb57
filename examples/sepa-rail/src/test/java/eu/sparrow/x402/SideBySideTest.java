package eu.sparrow.x402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.Pause;
import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.Purchase;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.seller.Completion;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.scheme.ach.AccountKind;
import dev.x402.scheme.ach.AchDesk;
import dev.x402.scheme.ach.AchFacilitatorConfig;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.AchWallet;
import dev.x402.scheme.ach.InMemoryMandateBook;
import dev.x402.scheme.ach.LocalAchWallet;
import dev.x402.scheme.ach.Mandate;
import dev.x402.scheme.ach.SecCode;
import dev.x402.scheme.ach.bank.BankAccount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spi.Bytes;
import dev.x402.spi.plugins.Plugins;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One handler, one {@code accepts} with two bank networks, and the payer's policy picks; no code here names either. */
class SideBySideTest {
    private static final String URL = "https://shop.example/report";
    private static final ResourceRequest REQUEST = ResourceRequest.of("GET", "report", "/report", URL);
    private static final Kind ACH = new Kind("exact", Network.parse("ach:us"));
    private static final Kind SEPA = new Kind("exact", Network.parse("sepa:eu"));
    private static final String ORIGINATOR = "SIDEBYSIDE";

    private final Clock clock = Clock.fixed(Instant.parse("2026-06-01T15:00:00Z"), ZoneOffset.UTC);
    private final SecureRandom random = new SecureRandom();
    private final LocalSepaWallet euros = LocalSepaWallet.generate(SepaFixture.PAYER, random);
    private final SimulatedBank sepa = new SimulatedBank(clock);
    private final LocalAchWallet dollars = LocalAchWallet.generate(random);
    private final dev.x402.scheme.ach.bank.SimulatedBank ach =
            dev.x402.scheme.ach.bank.SimulatedBank.builder(clock, random).build();
    private final String shop = ach.open(new BankAccount("110000000", "SHOP-1", AccountKind.CORPORATE_CHECKING));
    private final Plugins plugins = Plugins.builder()
            .discover()
            .port(SepaWallet.class, euros)
            .port(SepaBank.class, sepa)
            .port(AchWallet.class, dollars)
            .port(AchFacilitatorConfig.class, originator())
            .clock(clock)
            .random(random)
            .build();
    private final FacilitatorEngine engine = FacilitatorEngine.builder(
                    plugins, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "one")
            .clock(clock)
            .pause(length -> {})
            .build();
    private final PaymentGate gate = PaymentGate.builder(plugins)
            .facilitator(engine)
            .claims(InMemoryClaimStore.builder(clock).build())
            .clock(clock)
            .pause(Pause.ofThreads())
            .route(PricedRoute.of(
                    "report",
                    WayToPay.by(ACH)
                            .price("4.20 USD")
                            .payTo("merchant")
                            .extra(Json.Obj.EMPTY.with("funding", "prefunded"))
                            .build(),
                    WayToPay.by(SEPA).price("3.90 EUR").payTo(SepaFixture.PAYEE).build()))
            .build();

    SideBySideTest() {
        sepa.open(euros);
        sepa.deposit(SepaFixture.PAYER, 10_000);
    }

    private AchFacilitatorConfig originator() {
        String payer = ach.open(new BankAccount("021000021", "000123456789", AccountKind.CONSUMER_CHECKING));
        ach.deposit(payer, 10_000);
        ach.prefund(payer, 5_000);
        InMemoryMandateBook book = new InMemoryMandateBook();
        Instant now = clock.instant();
        book.enrol(
                "",
                dollars.agree(new Mandate(
                        "mdt_0000000000000001",
                        ORIGINATOR,
                        "merchant",
                        payer,
                        dollars.key(),
                        SecCode.WEB,
                        Mandate.Scope.RECURRING,
                        10_000,
                        Mandate.Period.MONTH,
                        now,
                        now.plus(Duration.ofDays(365)))));
        return new AchFacilitatorConfig(
                ORIGINATOR,
                ach,
                book,
                new AchDesk(ach, book, clock, alarm -> {}),
                List.of(new AchFacilitatorConfig.Payee("", "merchant", shop)),
                Speed.NEXT_DAY);
    }

    @AfterEach
    void close() {
        engine.close();
        plugins.close();
    }

    private PaymentRequired challenge() {
        return assertInstanceOf(Decision.Challenge.class, gate.decide(REQUEST)).required();
    }

    /** What came of the request of a payer with this policy. */
    private Completion bought(String... policy) {
        Payer payer = Payer.builder(plugins)
                .offers(BuyerPolicy.parse(policy))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
        Purchase.Paid paid = assertInstanceOf(
                Purchase.Paid.class,
                payer.intent(URL).pay(challenge(), clock.instant().plusSeconds(5)));
        Decision.Admit admitted =
                assertInstanceOf(Decision.Admit.class, gate.decide(REQUEST.withPayment(paid.payload())));
        return admitted.admission().finish(Bytes.of(new byte[] {1}));
    }

    @Test
    void one_challenge_offers_both_bank_networks() {
        assertEquals(
                List.of("420 USD on ach:us", "390 EUR on sepa:eu"),
                challenge().accepts().stream()
                        .map(offer -> offer.amount() + " " + offer.asset() + " on " + offer.network())
                        .toList());
    }

    @Test
    void a_payer_who_prefers_euro_pays_by_sepa() {
        assertInstanceOf(
                Completion.Release.class,
                bought("prefer EUR", "at most 5 USD per payment", "at most 5 EUR per payment"));
        assertEquals(390, sepa.balance(SepaFixture.PAYEE));
        assertEquals(0, ach.balance(shop));
    }

    @Test
    void a_payer_who_prefers_dollars_pays_by_ach() {
        assertInstanceOf(
                Completion.Release.class,
                bought("prefer USD", "at most 5 USD per payment", "at most 5 EUR per payment"));
        assertEquals(420, ach.balance(shop));
        assertEquals(0, sepa.balance(SepaFixture.PAYEE));
    }
}
