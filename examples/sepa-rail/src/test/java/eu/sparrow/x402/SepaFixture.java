package eu.sparrow.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Capability;
import dev.x402.tck.RailControl;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the compatibility kit must know of this rail: a bank of its own for each rule, on the kit's clock. */
final class SepaFixture implements SchemeFixture, RailControl {
    static final String PAYER = Iban.of("DE", "370400440532013000").value();
    static final String PAYEE = Iban.of("NL", "ABNA0417164300").value();
    static final String STRANGER = Iban.of("BE", "539007547034").value();

    private final Speed speed;
    private final LocalSepaWallet payer;
    private final SimulatedBank bank;

    SepaFixture(Speed speed, TckEnvironment env) {
        this.speed = speed;
        payer = LocalSepaWallet.generate(PAYER, env.random());
        bank = new SimulatedBank(env.clock());
        bank.open(payer);
    }

    @Override
    public PaymentScheme scheme() {
        return new SepaScheme();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        if (type == SepaWallet.class) {
            return Optional.of(type.cast(payer));
        }
        return type == SepaBank.class ? Optional.of(type.cast(bank)) : Optional.empty();
    }

    @Override
    public PaymentRequirements offer() {
        return PaymentRequirements.of(
                new Kind(SepaScheme.NAME, SepaRail.NETWORK),
                AtomicAmount.of(1_250),
                SepaRail.EURO,
                PAYEE,
                speed == Speed.INSTANT ? 120 : 600,
                Json.Obj.EMPTY.with(Speed.MEMBER, speed.word()));
    }

    @Override
    public String payer() {
        return PAYER;
    }

    @Override
    public String stranger() {
        return STRANGER;
    }

    @Override
    public AtomicAmount balance(String account) {
        return AtomicAmount.of(bank.balance(account));
    }

    @Override
    public void fund(String account, AtomicAmount amount) {
        bank.deposit(account, amount.value().longValueExact());
    }

    // snippet: capabilities
    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        all.removeAll(EnumSet.of(Capability.REPLACES, Capability.REORGANISES)); // one order, and nothing vanishes
        if (speed == Speed.INSTANT) {
            all.remove(Capability.REVERSES);
        }
        return all;
    }

    /** The payer asks his bank for a refund. */
    @Override
    public void reverse(String reference) {
        bank.giveBack(reference);
    }
    // end: capabilities

    @Override
    public Collection<Rail> rails() {
        return List.of(new SepaRail());
    }

    @Override
    public Collection<Asset> assets() {
        return new SepaAssets().assets();
    }

    @Override
    public Duration expiryMargin() {
        return Duration.ofSeconds(SepaFacilitator.MARGIN_SECONDS);
    }

    @Override
    public RailControl rail() {
        return this;
    }

    @Override
    public void tick(Instant now) {
        bank.tick();
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
    public void strangerSettles(Payment payment) {
        bank.book(Order.of(payment));
    }

    /** The payer uses the same nonce for somebody else. */
    @Override
    public void strangerBurns(Payment payment) {
        Order order = Order.of(payment);
        bank.book(new Order(
                        order.from(),
                        Iban.find(STRANGER).orElseThrow(),
                        AtomicAmount.of(1),
                        order.speed(),
                        order.nonce(),
                        order.validUntil(),
                        "")
                .signedBy(payer));
    }

    @Override
    public void loseNextAnswer() {
        bank.loseNextAnswer();
    }

    @Override
    public void outage(boolean on) {
        bank.outage(on);
    }
}
