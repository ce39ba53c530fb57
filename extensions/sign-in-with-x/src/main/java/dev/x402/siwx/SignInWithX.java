package dev.x402.siwx;

import com.google.auto.service.AutoService;
import dev.x402.spi.PaymentExtension;
import java.util.Optional;

/**
 * The extension {@code sign-in-with-x}: what a wallet paid for opens again when it signs in.
 *
 * <p>A seller gives {@link SignInSettings} and a {@link PaymentExtension.Store} as ports; a payer gives
 * {@link PayerSessions}. Without them it does nothing.
 */
@AutoService(PaymentExtension.class)
public final class SignInWithX implements PaymentExtension {
    static final String KEY = "sign-in-with-x";

    /** An extension without state. */
    public SignInWithX() {}

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Optional<ClientSide> client(Context context) {
        return context.port(PayerSessions.class).map(sessions -> new PayerSide(context, sessions));
    }

    @Override
    public Optional<ServerSide> server(Context context) {
        Optional<SignInSettings> settings = context.port(SignInSettings.class);
        Optional<Store> store = settings.flatMap(given -> context.port(Store.class));
        return store.map(given -> new SellerSide(settings.orElseThrow(), context, given));
    }
}
