package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.payer.Verdict;
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
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.Codec;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KioskTest {
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final SimulatedBank bank = SimulatedBank.builder(clock, random).build();
    private final String payer = bank.open(new BankAccount("021000021", "123456789", AccountKind.CONSUMER_CHECKING));
    private final String shop = bank.open(new BankAccount("110000000", "987654321", AccountKind.CORPORATE_CHECKING));
    private final LocalAchWallet wallet = LocalAchWallet.generate(random);
    private final InMemoryMandateBook book = new InMemoryMandateBook();
    private final Plugins facilitating = Plugins.builder()
            .discover()
            .port(
                    AchFacilitatorConfig.class,
                    new AchFacilitatorConfig(
                            "STRANGER01",
                            bank,
                            book,
                            new AchDesk(bank, book, clock, alarm -> {}),
                            List.of(new Payee("", "merchant", shop)),
                            Speed.NEXT_DAY))
            .clock(clock)
            .build();
    private final FacilitatorEngine engine = FacilitatorEngine.builder(
                    facilitating, new InMemorySettlementStore(clock), FacilitatorPolicy.anyPayee(), "one")
            .clock(clock)
            .build();
    private final Plugins buying = Plugins.builder()
            .discover()
            .port(AchWallet.class, wallet)
            .port(EvmSigner.class, LocalEvmSigner.parse("0x" + "1".repeat(64)))
            .clock(clock)
            .build();
    private Kiosk kiosk;

    @BeforeEach
    void open() throws IOException {
        bank.deposit(payer, 10_00);
        bank.prefund(payer, 5_00);
        Instant now = clock.instant();
        book.enrol(
                "",
                wallet.agree(new Mandate(
                        "mdt_stranger00000001",
                        "STRANGER01",
                        "merchant",
                        payer,
                        wallet.key(),
                        SecCode.WEB,
                        Mandate.Scope.RECURRING,
                        100_00,
                        Mandate.Period.MONTH,
                        now,
                        now.plus(Duration.ofDays(365)))));
        kiosk = new Kiosk(new ThreeRails(engine), clock);
    }

    @AfterEach
    void close() {
        kiosk.close();
        engine.close();
        facilitating.close();
        buying.close();
    }

    @Test
    void one_handler_is_offered_on_three_rails() throws IOException, InterruptedException {
        assertEquals(
                List.of(
                        "exact on eip155:8453, 250000",
                        "exact on solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp, 250000",
                        "exact on ach:us, 25"),
                required().accepts().stream()
                        .map(offer -> offer.kind() + ", " + offer.amount())
                        .toList());
    }

    @Test
    void a_policy_for_the_bank_pays_by_the_bank() throws IOException, InterruptedException {
        PayingClient client = PayingClient.builder(buyer("prefer ACH", "at most 1 USD per payment"), clock)
                .within(Duration.ofSeconds(30))
                .build();

        Outcome<String> outcome =
                client.send(HttpRequest.newBuilder(kiosk.paper()).build(), BodyHandlers.ofString());

        if (!(outcome instanceof Outcome.Paid<String> paid)) {
            throw new AssertionError(outcome);
        }
        assertEquals("the paper of today", paid.response().body());
        assertEquals(25, bank.balance(shop));
        assertEquals(4_75, bank.prefunded(payer));
    }

    @Test
    void a_policy_for_base_chooses_base_of_the_same_offers() throws IOException, InterruptedException {
        assertEquals("eip155:8453", chosen("prefer Base", "at most 1 USD per payment"));
        assertEquals("ach:us", chosen("prefer ACH", "at most 1 USD per payment"));
    }

    private String chosen(String... policy) throws IOException, InterruptedException {
        return buyer(policy)
                .explain(kiosk.paper().toString(), required())
                .chosen()
                .map(Verdict::offer)
                .map(PaymentRequirements::network)
                .orElseThrow()
                .toString();
    }

    private Payer buyer(String... policy) {
        return Payer.builder(buying)
                .offers(BuyerPolicy.parse(policy))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
    }

    private PaymentRequired required() throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(kiosk.paper()).build(), BodyHandlers.ofString());
        assertEquals(402, response.statusCode());
        return Codec.PAYMENT_REQUIRED.read(
                Base64.getDecoder().decode(response.headers().firstValue("PAYMENT-REQUIRED").orElseThrow()));
    }
}
