package dev.x402.scheme.ach;

import dev.x402.scheme.ach.AchFacilitatorConfig.Payee;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.bank.BankAccount;
import dev.x402.scheme.ach.bank.SimulatedBank;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Capability;
import dev.x402.tck.RailControl;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the compatibility kit must know of ACH: a bank of its own for each rule, on the kit's clock. */
final class AchFixture implements SchemeFixture, RailControl {
    private static final String ORIGINATOR = "X402TEST01";
    private static final String SHOP = "merchant";
    private static final String OTHER_SHOP = "other-shop";
    private static final long FUNDS = 100_000_000_000L;

    private final Funding funding;
    private final SimulatedBank bank;
    private final LocalAchWallet wallet;
    private final String payer;
    private final Map<String, String> payees;
    private final AchFacilitatorConfig config;

    AchFixture(TckEnvironment env, Funding funding, boolean deduplicates) {
        this.funding = funding;
        Clock clock = env.clock();
        bank = SimulatedBank.builder(clock, env.random())
                .deduplicates(deduplicates)
                .magic(false)
                .guaranteedUpTo(10_000_000)
                .build();
        bank.endow(FUNDS);
        payer = bank.open(account("000123456789"));
        payees = Map.of(SHOP, bank.open(account("SHOP-1")), OTHER_SHOP, bank.open(account("SHOP-2")));
        wallet = LocalAchWallet.generate(env.random());
        InMemoryMandateBook book = new InMemoryMandateBook();
        payees.forEach((role, account) -> book.enrol("", wallet.agree(mandate(role, clock.instant()))));
        config = new AchFacilitatorConfig(
                ORIGINATOR,
                bank,
                book,
                new AchDesk(bank, book, clock, alarm -> {}),
                payees.entrySet().stream()
                        .map(payee -> new Payee("", payee.getKey(), payee.getValue()))
                        .toList(),
                Speed.NEXT_DAY);
    }

    private Mandate mandate(String role, Instant now) {
        return new Mandate(
                "mdt_" + (role + "0000000000000000").replace("-", "").substring(0, 16),
                ORIGINATOR,
                role,
                payer,
                wallet.key(),
                SecCode.WEB,
                Mandate.Scope.RECURRING,
                Ach.MOST_CENTS,
                Mandate.Period.DAY,
                now,
                now.plus(Duration.ofDays(365)));
    }

    private static BankAccount account(String number) {
        return new BankAccount("021000021", number, AccountKind.CONSUMER_CHECKING);
    }

    @Override
    public PaymentScheme scheme() {
        return new ExactAchScheme();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        if (type == AchWallet.class) {
            return Optional.of(type.cast(wallet));
        }
        return type == AchFacilitatorConfig.class ? Optional.of(type.cast(config)) : Optional.empty();
    }

    @Override
    public PaymentRequirements offer() {
        return PaymentRequirements.of(
                Ach.KIND, AtomicAmount.of(1_000), Ach.USD, SHOP, 600, Json.Obj.EMPTY.with(Ach.FUNDING, funding.word()));
    }

    @Override
    public String payer() {
        return payer;
    }

    @Override
    public String stranger() {
        return OTHER_SHOP;
    }

    /** A guaranteed payment is the payer's debt before it is debited. */
    @Override
    public AtomicAmount balance(String account) {
        if (!account.equals(payer)) {
            return AtomicAmount.of(bank.balance(payees.get(account)));
        }
        return AtomicAmount.of(
                switch (funding) {
                    case PREFUNDED -> bank.prefunded(payer);
                    case GUARANTEED -> bank.balance(payer) + bank.guarantee() - FUNDS;
                    case DEBIT -> bank.balance(payer);
                });
    }

    @Override
    public void fund(String account, AtomicAmount amount) {
        long cents = amount.value().longValueExact();
        String token = payees.getOrDefault(account, account);
        bank.deposit(token, cents);
        if (funding == Funding.PREFUNDED && account.equals(payer)) {
            bank.prefund(token, cents);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        // Nobody else can bring in or use up a payer's right; an entry is not replaced, and does not vanish.
        all.removeAll(EnumSet.of(Capability.REPLACES, Capability.STRANGERS, Capability.BURNS, Capability.REORGANISES));
        all.remove(funding == Funding.DEBIT ? Capability.KNOWN_BALANCE : Capability.REVERSES);
        if (funding == Funding.GUARANTEED) {
            all.remove(Capability.KNOWN_BALANCE);
        }
        return all;
    }

    @Override
    public Collection<Rail> rails() {
        return List.of(new AchRail());
    }

    @Override
    public Collection<Asset> assets() {
        return new AchAssets().assets();
    }

    @Override
    public List<String> secrets() {
        return List.of(wallet.secret(), wallet.secret().split(":", -1)[1], "000123456789");
    }

    @Override
    public RailControl rail() {
        return this;
    }

    @Override
    public void hold() {
        bank.hold(true);
    }

    @Override
    public void release() {
        bank.hold(false);
    }

    @Override
    public void drop() {
        bank.drop();
    }

    @Override
    public void loseNextAnswer() {
        bank.loseNextAnswer();
    }

    @Override
    public void outage(boolean on) {
        bank.outage(on);
    }

    /** As a consumer may in the whole window, without ending the mandate. */
    @Override
    public void reverse(String reference) {
        bank.giveBack(reference, ReturnCode.R11);
    }
}
