package dev.x402.tck.reference;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Artifact;
import dev.x402.tck.Capability;
import dev.x402.tck.RailControl;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reference for the kit. */
public class LedgerFixture implements SchemeFixture {
    private static final String SECRET = Purse.SECRET;
    private static final String PAYER = "acct-0000000a";
    private static final String PAYEE = "acct-0000000b";
    private static final String STRANGER = "acct-0000000c";

    private final Flaw flaw;
    private final Ledger ledger;
    private final Control control = new Control();

    public LedgerFixture(TckEnvironment env, Flaw flaw) {
        this.flaw = flaw;
        this.ledger = new Ledger(env.clock().instant(), flaw);
        ledger.open(PAYER, SECRET);
    }

    @Override
    public PaymentScheme scheme() {
        return new LedgerScheme(flaw, ledger::height, ledger.settling::get);
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        if (type == Purse.class) {
            return Optional.of(type.cast(new Purse(PAYER, SECRET)));
        }
        return type == Ledger.class ? Optional.of(type.cast(ledger)) : Optional.empty();
    }

    @Override
    public PaymentRequirements offer() {
        return PaymentRequirements.of(
                new Kind("ledger", LedgerRail.NETWORK), AtomicAmount.of(1_000), "coin", PAYEE, 60, Json.Obj.EMPTY);
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
        return new AtomicAmount(ledger.held(account, "coin"));
    }

    @Override
    public void fund(String account, AtomicAmount amount) {
        ledger.mint(account, "coin", amount.value());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public Collection<Rail> rails() {
        return List.of(new FlawedRail(flaw));
    }

    @Override
    public Collection<Asset> assets() {
        return FlawedAssets.of(flaw);
    }

    @Override
    public Facilitator facilitator(Facilitator local) {
        return new FlawedFacilitator(local, flaw, ledger);
    }

    @Override
    public Artifact artifact() {
        return PluginFolder.of(flaw);
    }

    @Override
    public RailControl rail() {
        return control;
    }

    @Override
    public Map<String, String> unsigned() {
        return Map.of("/note", "a word of thanks that nothing depends on");
    }

    @Override
    public Map<String, Payment> spellings(Payment honest) {
        return Map.of("a member that nobody reads", Spellings.shouted(honest));
    }

    @Override
    public Map<String, Payment> forgeries(Payment honest) {
        return Map.of("an end of long ago", Spellings.forged(honest));
    }

    @Override
    public Duration expiryMargin() {
        return Duration.ofSeconds(LedgerFacilitator.MARGIN_SECONDS);
    }

    @Override
    public Optional<String> otherAsset() {
        return Optional.of("medal");
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET);
    }

    private final class Control implements RailControl {
        @Override
        public void tick(Instant now) {
            ledger.tick(now);
        }

        @Override
        public void hold() {
            ledger.hold(true);
        }

        @Override
        public void release() {
            ledger.hold(false);
        }

        @Override
        public void drop() {
            ledger.drop();
        }

        @Override
        public void land(String reference) {
            ledger.land(reference);
        }

        @Override
        public void strangerSettles(Payment payment) {
            ledger.stranger(right(payment), true);
        }

        @Override
        public void strangerBurns(Payment payment) {
            ledger.stranger(right(payment), false);
        }

        @Override
        public void loseNextAnswer() {
            ledger.loseNextAnswer();
        }

        @Override
        public void outage(boolean on) {
            ledger.outage(on);
        }

        @Override
        public void reverse(String reference) {
            ledger.reverse(reference);
        }

        @Override
        public void reorganise(String reference) {
            ledger.reorganise(reference);
        }

        private Authorization right(Payment payment) {
            return Authorization.read(LedgerRail.NETWORK, payment.payload().payloadCursor());
        }
    }
}
