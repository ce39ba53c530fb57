package dev.stranger;

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
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Signed;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pays a shop one dollar out of a prefunded balance: payer, shop and bank in one program. */
public final class DirectDebit {
    private static final Network NETWORK = Network.parse("ach:us");
    private static final String ORIGINATOR = "STRANGER01";

    private final SimulatedBank bank;
    private final Clock clock;
    private final String payer;
    private final String shop;
    private final Plugins plugins;

    /** A payer with ten dollars at a new bank. */
    public DirectDebit(Clock clock, SecureRandom random) {
        this.clock = clock;
        bank = SimulatedBank.builder(clock, random).build();
        payer = bank.open(new BankAccount("021000021", "123456789", AccountKind.CONSUMER_CHECKING));
        shop = bank.open(new BankAccount("110000000", "987654321", AccountKind.CORPORATE_CHECKING));
        bank.deposit(payer, 10_00);
        bank.prefund(payer, 5_00);
        LocalAchWallet wallet = LocalAchWallet.generate(random);
        InMemoryMandateBook book = new InMemoryMandateBook();
        book.enrol("", wallet.agree(mandate(wallet)));
        plugins = Plugins.builder()
                .discover()
                .port(AchWallet.class, wallet)
                .port(
                        AchFacilitatorConfig.class,
                        new AchFacilitatorConfig(
                                ORIGINATOR,
                                bank,
                                book,
                                new AchDesk(bank, book, clock, alarm -> {}),
                                List.of(new Payee("", "merchant", shop)),
                                Speed.NEXT_DAY))
                .clock(clock)
                .build();
    }

    private Mandate mandate(LocalAchWallet wallet) {
        Instant now = clock.instant();
        return new Mandate(
                "mdt_stranger00000001",
                ORIGINATOR,
                "merchant",
                payer,
                wallet.key(),
                SecCode.WEB,
                Mandate.Scope.RECURRING,
                100_00,
                Mandate.Period.MONTH,
                now,
                now.plus(Duration.ofDays(365)));
    }

    /** Pays one dollar. */
    public Outcome pay() {
        Instant by = clock.instant().plusSeconds(10);
        Asset dollar = plugins.assets(NETWORK).get(0);
        Kind kind = new Kind("exact", NETWORK);
        SchemeFacilitator facilitator = plugins.facilitator(kind);
        PaymentRequirements draft = PaymentRequirements.of(
                kind,
                dollar.toAtomic(BigDecimal.ONE),
                dollar.id().reference(),
                "merchant",
                60,
                Json.Obj.EMPTY.with("funding", "prefunded"));
        PaymentRequirements offer = plugins.server(kind).complete(draft, facilitator.kind(NETWORK), by);
        Json.Obj proof = plugins.client(kind)
                .pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), by))
                .payload();
        Payment payment = Payment.of(PaymentPayload.of(null, offer, proof), offer);
        facilitator.verify(payment, by);
        Attempt attempt = new Attempt(0, Optional.empty(), Optional.empty());
        Signed entry = (Signed) facilitator.prepare(new Movement(1, List.of(payment), List.of(attempt)), by);
        Movement movement = new Movement(1, List.of(payment), List.of(attempt.with(entry)));
        facilitator.submit(movement, movement.last(), by);
        return facilitator.observe(movement, by).outcomes().get(0);
    }

    /** What the shop has, in cents. */
    public long shop() {
        return bank.balance(shop);
    }

    @Override
    public String toString() {
        return "a payer on " + NETWORK;
    }
}
