package dev.x402.scheme.ach;

import com.google.auto.service.AutoService;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.Optional;
import java.util.Set;

/**
 * The scheme {@code exact} on {@code ach:us}.
 *
 * <p>The payer's side needs the port {@link AchWallet}, the facilitator's {@link AchFacilitatorConfig}, the payee's none.
 */
@AutoService(PaymentScheme.class)
public final class ExactAchScheme implements PaymentScheme {
    private static final NetworkPattern NETWORKS = NetworkPattern.of(Ach.NETWORK);

    /** A scheme without state. */
    public ExactAchScheme() {}

    @Override
    public String name() {
        return Ach.SCHEME;
    }

    @Override
    public NetworkPattern networks() {
        return NETWORKS;
    }

    /** Originator, mandate and the payer's nonce: one right to debit. */
    @Override
    public PaymentKey key(Payment payment) {
        return SignedAuthorization.of(payment).key();
    }

    @Override
    public Set<ErrorCode> spent() {
        return Set.of(Codes.NONCE_USED);
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(AchWallet.class).map(wallet -> new AchClient(wallet, context));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new AchServer());
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return context.port(AchFacilitatorConfig.class).map(config -> new AchFacilitator(config, context.clock()));
    }
}
