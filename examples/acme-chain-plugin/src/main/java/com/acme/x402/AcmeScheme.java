package com.acme.x402;

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

/** What the two schemes on Acme share; they differ in their {@link Rules}. */
abstract class AcmeScheme implements PaymentScheme {
    private static final NetworkPattern NETWORKS = NetworkPattern.parse(AcmeRail.NAMESPACE + ":*");

    private final Rules rules;

    AcmeScheme(Rules rules) {
        this.rules = rules;
    }

    @Override
    public final String name() {
        return rules.scheme();
    }

    @Override
    public final NetworkPattern networks() {
        return NETWORKS;
    }

    /** Network, payer and nonce: what the ledger uses up, in one spelling. */
    @Override
    public final PaymentKey key(Payment payment) {
        Authorization authorization = SignedAuthorization.of(payment).authorization();
        return new PaymentKey(payment.kind().network() + "/" + authorization.from() + "/" + authorization.nonce());
    }

    @Override
    public final Set<ErrorCode> spent() {
        return Set.of(Rules.USED);
    }

    @Override
    public final Optional<SchemeClient> client(SchemeContext context) {
        return Ports.wallet(context).map(wallet -> new AcmeClient(rules, wallet, context));
    }

    @Override
    public final Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new AcmeServer(rules, context));
    }

    @Override
    public final Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return Ports.facilitator(context).map(config -> new AcmeFacilitator(rules, config, context, this::key));
    }
}
