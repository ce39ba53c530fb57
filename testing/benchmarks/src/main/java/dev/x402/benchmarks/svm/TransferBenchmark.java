package dev.x402.benchmarks.svm;

import dev.x402.benchmarks.Figure;
import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmFacilitatorConfig;
import dev.x402.scheme.exact.svm.SvmRpc;
import dev.x402.scheme.exact.svm.SvmSettlementPolicy;
import dev.x402.scheme.exact.svm.SvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.svm.SvmAccounts;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.p2p.solanaj.utils.Base58;

/** What a facilitator does with a payment on Solana besides waiting for the node. */
@State(Scope.Benchmark)
public class TransferBenchmark {
    private static final int PAYMENTS = 256;
    private static final int SIGNATURES = 1 + 2 * 64;
    private static final Network NETWORK = Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    private static final Kind KIND = new Kind("exact", NETWORK);
    private static final String DOLLAR = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";

    private final byte[] payer = Base58.decode(SvmAccounts.PAYERS.get(0).address());
    private final List<Payment> payments = payments();
    private final List<byte[]> transactions = payments.stream()
            .map(payment -> Base64.getDecoder()
                    .decode(payment.payload().payload().text("transaction").orElseThrow()))
            .toList();
    private final SchemeFacilitator facilitator = facilitator();
    private int next;

    /** Called by JMH. */
    public TransferBenchmark() {}

    /** The payer's signature of a payment is verified. */
    @Benchmark
    public boolean theSignatureAlone() {
        next = (next + 1) % PAYMENTS;
        byte[] bytes = transactions.get(next);
        if (Ed25519.verify(bytes, 1 + 64, payer, 0, bytes, SIGNATURES, bytes.length - SIGNATURES)) {
            return true;
        }
        throw new IllegalStateException("expected the payer's signature");
    }

    /** A payment is verified. */
    @Benchmark
    @Figure(
            value = "exact on Solana: a payment verified, the node aside",
            baseline = "theSignatureAlone",
            atMostTimes = 1.666)
    public Verification verified() {
        next = (next + 1) % PAYMENTS;
        Verification verification = facilitator.verify(payments.get(next), Instant.MAX);
        if (verification instanceof Verification.Valid) {
            return verification;
        }
        throw new IllegalStateException("expected a valid payment, saw " + verification);
    }

    private static SchemeFacilitator facilitator() {
        List<SvmRpc.Node> nodes = List.of(new ContentNode(Base58.decode(DOLLAR)));
        Plugins plugins = Plugins.builder()
                .discover()
                .port(SvmRpc.class, network -> nodes)
                .port(
                        SvmFacilitatorConfig.class,
                        SvmFacilitatorConfig.of(SvmSettlementPolicy.of(
                                NETWORK,
                                LocalSvmSigner.parse(
                                        SvmAccounts.FEE_PAYERS.get(0).secretKey()))))
                .build();
        return plugins.facilitator(KIND);
    }

    private static List<Payment> payments() {
        PaymentRequirements offer = PaymentRequirements.of(
                KIND,
                AtomicAmount.of(10_000),
                DOLLAR,
                SvmAccounts.PAYEE.address(),
                60,
                Json.Obj.EMPTY
                        .with("feePayer", SvmAccounts.FEE_PAYERS.get(0).address())
                        .with("recentBlockhash", SvmAccounts.STRANGER.address()));
        try (Plugins wallet = Plugins.builder()
                .discover()
                .port(
                        SvmSigner.class,
                        LocalSvmSigner.parse(SvmAccounts.PAYERS.get(0).secretKey()))
                .build()) {
            SchemeClient client = wallet.client(KIND);
            PayContext context = new PayContext(Json.Obj.EMPTY, offer.amount(), Instant.MAX);
            return IntStream.range(0, PAYMENTS)
                    .mapToObj(i -> new Payment(
                            PaymentPayload.of(
                                    null, offer, client.pay(offer, context).payload()),
                            offer,
                            ""))
                    .toList();
        }
    }
}
