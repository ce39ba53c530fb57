package dev.x402.core.market;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Kind;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Phase;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** The scheme {@code meter}: pays like a coin, and the seller may take less than was signed. */
public final class Meter implements PaymentScheme {
    public static final Kind ON_MAIN = new Kind("meter", Coin.MAIN);

    /** How much more it settles than it is told; 0 for an honest one. */
    public volatile long greed;

    private final Coin coin = new Coin();

    @Override
    public String name() {
        return "meter";
    }

    @Override
    public NetworkPattern networks() {
        return coin.networks();
    }

    @Override
    public PaymentKey key(Payment payment) {
        return coin.key(payment);
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new Server());
    }

    private final class Server implements SchemeServer {
        @Override
        public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
            return draft;
        }

        @Override
        public Payment settlement(Payment admitted, Phase phase, AtomicAmount actual) {
            AtomicAmount amount = new AtomicAmount(actual.value().add(BigInteger.valueOf(greed)));
            return new Payment(admitted.payload(), admitted.requirements().withAmount(amount), admitted.tenant());
        }
    }
}
