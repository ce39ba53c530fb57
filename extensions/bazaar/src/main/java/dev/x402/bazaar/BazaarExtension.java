package dev.x402.bazaar;

import com.google.auto.service.AutoService;
import dev.x402.spi.PaymentExtension;
import java.util.Optional;

/**
 * The extension {@code bazaar}: sellers declare, facilitators list (x402 v2, extension bazaar).
 *
 * <p>The facilitator's side needs the port {@link Prober}.
 */
@AutoService(PaymentExtension.class)
public final class BazaarExtension implements PaymentExtension {
    /** Where it stands in {@code extensions}. */
    public static final String KEY = "bazaar";

    /** Does nothing. */
    public BazaarExtension() {}

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Optional<ServerSide> server(Context context) {
        return Optional.of(new Declaring());
    }

    @Override
    public Optional<FacilitatorSide> facilitator(Context context) {
        return context.port(Prober.class).map(prober -> new Judging(prober, context));
    }
}
