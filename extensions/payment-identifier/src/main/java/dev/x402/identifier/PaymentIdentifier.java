package dev.x402.identifier;

import static java.util.Objects.requireNonNull;

import com.google.auto.service.AutoService;
import dev.x402.spec.Json;
import dev.x402.spi.PaymentExtension;
import java.time.Duration;
import java.util.Optional;

/**
 * Payments that their payers name, so that a repeat is answered and never paid again.
 *
 * <p>A payer's side names each new payment at random; a retry sends the same payment and so the same name. A seller's
 * side is there when a {@link PaymentExtension.Store} is given as a port: it binds a name to one payment for one request,
 * and refuses the name for any other. The stored answer is the gate's, which knows the payment whether it has a name or
 * not. (extensions/payment_identifier)
 */
@AutoService(PaymentExtension.class)
public final class PaymentIdentifier implements PaymentExtension {
    /** The key in {@code extensions}. */
    public static final String KEY = "payment-identifier";

    private static final Duration KEPT = Duration.ofHours(25);

    private final Duration kept;

    /** A name is bound for 25 hours, an hour longer than the gate remembers payments. */
    public PaymentIdentifier() {
        this(KEPT);
    }

    /**
     * A name is bound for so long after its payment was verified.
     *
     * @param kept no less than the gate's store remembers payments
     */
    public PaymentIdentifier(Duration kept) {
        if (requireNonNull(kept, "kept").isNegative() || kept.isZero()) {
            throw new IllegalArgumentException("kept: expected more than 0, saw " + kept);
        }
        this.kept = kept;
    }

    /** What a route declares that takes no payment without a name. */
    public static Json.Obj required() {
        return Declaration.of(true);
    }

    /** What a route declares where a payer may name the payment. */
    public static Json.Obj optional() {
        return Declaration.of(false);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Optional<ClientSide> client(Context context) {
        return Optional.of(new NamingPayer(context.random()));
    }

    @Override
    public Optional<ServerSide> server(Context context) {
        return context.port(Store.class).map(store -> new BindingSeller(new Bound(store, context.clock(), kept)));
    }
}
