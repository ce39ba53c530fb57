package dev.x402.scheme.ach;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.scheme.ach.AchFacilitatorConfig.Payee;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.bank.BankAccount;
import dev.x402.scheme.ach.bank.InMemoryBankLedger;
import dev.x402.scheme.ach.bank.SimulatedBank;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A payer, a shop, a bank, and a facilitator with the real engine; time is the test's. */
final class World implements AutoCloseable {
    static final String ORIGINATOR = "X402TEST01";
    static final String MANDATE = "mdt_0000000000000001";
    static final String PAYER_NUMBER = "000123456789";

    final FakeClock clock;
    final InMemoryBankLedger ledger = new InMemoryBankLedger();
    final SimulatedBank bank;
    final InMemoryMandateBook book = new InMemoryMandateBook();
    final LocalAchWallet wallet;
    final String payer;
    final String shop;
    final String otherShop;
    final List<AchDesk.Alarm> alarms = new ArrayList<>();
    final AchDesk desk;
    final List<SettlementEvent> events = new ArrayList<>();
    final Plugins plugins;
    final FacilitatorEngine engine;
    private final AtomicReference<Runnable> completer = new AtomicReference<>();
    private boolean sweeping;

    World(String newYork) {
        this(newYork, builder -> builder, mandate -> mandate, AccountKind.CONSUMER_CHECKING, Speed.NEXT_DAY);
    }

    World(
            String newYork,
            UnaryOperator<SimulatedBank.Builder> how,
            UnaryOperator<Mandate> terms,
            AccountKind kind,
            Speed speed) {
        clock = new FakeClock(newYork);
        SecureRandom random = new SecureRandom();
        bank = how.apply(SimulatedBank.builder(clock, random).ledger(ledger).guaranteedUpTo(5_000))
                .build();
        payer = bank.open(new BankAccount("021000021", PAYER_NUMBER, kind));
        shop = bank.open(new BankAccount("110000000", "SHOP-1", AccountKind.CORPORATE_CHECKING));
        otherShop = bank.open(new BankAccount("110000000", "SHOP-2", AccountKind.CORPORATE_CHECKING));
        wallet = LocalAchWallet.generate(random);
        book.enrol("", wallet.agree(terms.apply(mandate("merchant", MANDATE))));
        desk = new AchDesk(bank, book, clock, alarms::add);
        plugins = Plugins.builder()
                .add(new ExactAchScheme())
                .add(new AchRail())
                .add(new AchAssets())
                .port(AchWallet.class, wallet)
                .port(
                        AchFacilitatorConfig.class,
                        new AchFacilitatorConfig(
                                ORIGINATOR,
                                bank,
                                book,
                                desk,
                                List.of(
                                        new Payee("", "merchant", shop),
                                        new Payee("", "other-shop", otherShop),
                                        new Payee("tenant-2", "merchant", otherShop)),
                                speed))
                .clock(clock)
                .build();
        engine = FacilitatorEngine.builder(
                        plugins,
                        new InMemorySettlementStore(clock, 100_000, Duration.ofDays(400)),
                        FacilitatorPolicy.anyPayee(),
                        "one")
                .clock(clock)
                .pause(time -> {
                    if (sweeping) {
                        throw new InterruptedException("one round is enough");
                    }
                    clock.pass(time);
                })
                .listener(events::add)
                .completer(completer::set, 1, Duration.ofMinutes(1))
                .build();
    }

    Mandate mandate(String merchant, String id) {
        Instant now = clock.instant();
        return new Mandate(
                id,
                ORIGINATOR,
                merchant,
                payer,
                wallet.key(),
                SecCode.WEB,
                Mandate.Scope.RECURRING,
                10_000,
                Mandate.Period.MONTH,
                now,
                now.plus(Duration.ofDays(365)));
    }

    /** An offer as the seller makes it, completed by what the facilitator says. */
    PaymentRequirements offer(long cents, Funding funding) {
        PaymentRequirements draft = PaymentRequirements.of(
                Ach.KIND,
                AtomicAmount.of(cents),
                Ach.USD,
                "merchant",
                600,
                Json.Obj.EMPTY.with(Ach.FUNDING, funding.word()));
        return plugins.server(Ach.KIND)
                .complete(draft, plugins.facilitator(Ach.KIND).kind(Ach.NETWORK), soon());
    }

    Payment pay(PaymentRequirements offer) {
        Json.Obj proof = plugins.client(Ach.KIND)
                .pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), soon()))
                .payload();
        return Payment.of(PaymentPayload.of(null, offer, proof), offer);
    }

    Payment pay(long cents, Funding funding) {
        return pay(offer(cents, funding));
    }

    Settlement settle(Payment payment) {
        return engine.settle(payment, soon());
    }

    Verification verify(Payment payment) {
        return engine.verify(payment, soon());
    }

    SchemeFacilitator facilitator() {
        return plugins.facilitator(Ach.KIND);
    }

    /** One round of the completer: what is due is looked at, and events are told. */
    void sweep() {
        sweeping = true;
        completer.get().run();
        Thread.interrupted();
        sweeping = false;
    }

    /** Time goes on, and the completer works. */
    void until(String newYork) {
        clock.until(newYork);
        sweep();
    }

    Instant soon() {
        return clock.instant().plusSeconds(10);
    }

    @Override
    public void close() {
        engine.close();
        plugins.close();
    }
}
