package dev.x402.scheme.exact.evm;

import com.google.auto.service.AutoService;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * The scheme {@code exact} on {@code eip155:*}, by EIP-3009.
 *
 * <p>The payer's side needs the port {@link EvmSigner}; the facilitator's {@link EvmFacilitatorConfig} and
 * {@link EvmRpc}; the payee's needs none. Accounts prove themselves with neither; contract wallets need {@link EvmRpc}.
 */
@AutoService(PaymentScheme.class)
public final class ExactEvmScheme implements PaymentScheme {
    static final String NAME = "exact";
    private static final NetworkPattern NETWORKS = NetworkPattern.parse("eip155:*");

    /** A scheme without state. */
    public ExactEvmScheme() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public NetworkPattern networks() {
        return NETWORKS;
    }

    /** Chain, token, payer and nonce: what EIP-3009 uses up. */
    @Override
    public PaymentKey key(Payment payment) {
        PaymentRequirements terms = payment.requirements();
        Authorization authorization =
                ExactPayload.parse(payment.payload().payload()).authorization();
        BigInteger chain = Token.chainId(terms.network())
                .orElseThrow(() -> new MalformedMessageException(
                        "/paymentRequirements/network",
                        "such as eip155:8453",
                        terms.network().toString()));
        Address token = Address.find(terms.asset())
                .orElseThrow(() -> new MalformedMessageException(
                        "/paymentRequirements/asset", "0x and 40 hexadecimal digits", "something else"));
        return new PaymentKey("eip155:" + chain + "/eip3009/" + token.lower() + "/"
                + authorization.from().lower() + "/" + authorization.nonce());
    }

    @Override
    public Set<ErrorCode> spent() {
        return Set.of(Codes.NONCE_USED);
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return context.port(EvmSigner.class).map(signer -> new ExactEvmClient(signer, context));
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return Optional.of(new ExactEvmServer(context));
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        Optional<EvmFacilitatorConfig> config = context.port(EvmFacilitatorConfig.class);
        Optional<EvmRpc> rpc = context.port(EvmRpc.class); // asked even without a configuration, to be named as missing
        return config.isPresent() && rpc.isPresent()
                ? Optional.of(new ExactEvmFacilitator(config.get(), rpc.get(), context, this::key))
                : Optional.empty();
    }

    /** EIP-191 by {@link EvmSigner}; contract wallets are asked where {@link EvmRpc} was given. */
    @Override
    public Optional<Accounts> accounts(SchemeContext context) {
        Optional<Wallets> wallets =
                context.port(EvmRpc.class).map(rpc -> new Wallets(new Nodes(rpc, context.clock()), context.clock()));
        return Optional.of(new EvmAccounts(context.port(EvmSigner.class), wallets));
    }
}
