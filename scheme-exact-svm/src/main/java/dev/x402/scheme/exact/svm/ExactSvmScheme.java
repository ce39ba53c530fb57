package dev.x402.scheme.exact.svm;

import com.google.auto.service.AutoService;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.HexFormat;
import java.util.Optional;

/** The scheme {@code exact} on {@code solana:*}, by a transfer whose fee the facilitator pays. */
@AutoService(PaymentScheme.class)
public final class ExactSvmScheme implements PaymentScheme {
    static final String NAME = "exact";
    private static final NetworkPattern NETWORKS = NetworkPattern.parse(SvmRail.NAMESPACE + ":*");

    /** A scheme without state. */
    public ExactSvmScheme() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public NetworkPattern networks() {
        return NETWORKS;
    }

    /** Cluster and hash of the message: what a cluster takes once, whoever signed it in whatever spelling. */
    @Override
    public PaymentKey key(Payment payment) {
        Network network = payment.requirements().network();
        if (!SvmRail.isCluster(network)) {
            throw new MalformedMessageException(
                    "/paymentRequirements/network", "solana: and 32 characters of a genesis hash", network.toString());
        }
        WireTransaction transaction = ExactPayload.parse(payment.payload().payload());
        return new PaymentKey(network + "/message/"
                + HexFormat.of().formatHex(transaction.message().hash()));
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        Optional<PayerReads> reads = reads(context);
        return context.port(SvmSigner.class).map(signer -> new ExactSvmClient(signer, reads, context));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new ExactSvmServer(reads(context), context));
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        Optional<SvmFacilitatorConfig> config = context.port(SvmFacilitatorConfig.class);
        Optional<SvmRpc> rpc = context.port(SvmRpc.class); // asked even without a configuration, to be named as missing
        return config.isPresent() && rpc.isPresent()
                ? Optional.of(new ExactSvmFacilitator(config.get(), rpc.get(), context, this::key))
                : Optional.empty();
    }

    /** Ed25519 by {@link SvmSigner}; no node is needed. */
    @Override
    public Optional<Accounts> accounts(SchemeContext context) {
        return Optional.of(new SvmAccounts(context.port(SvmSigner.class)));
    }

    private static Optional<PayerReads> reads(SchemeContext context) {
        return context.port(SvmRpc.class).map(rpc -> new SvmReads(rpc, context.clock()));
    }
}
