package dev.x402.benchmarks.evm;

import dev.x402.benchmarks.Figure;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import fr.acinq.secp256k1.Secp256k1;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a facilitator does with a payment by EIP-3009 besides waiting for the node. */
@State(Scope.Benchmark)
public class TransferBenchmark {
    private static final int PAYMENTS = 256;
    private static final String KEY = "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a";
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");

    private final Secp256k1 library = Secp256k1.get();
    private final Function<Payment, Verification> natively = new LocalCheck();
    private final Function<Payment, Verification> inJava = inJava();
    private final LocalEvmSigner signer = LocalEvmSigner.parse(KEY);
    private final byte[] digest = new byte[32];
    private final byte[] signature = signer.sign(digest);
    private final List<Payment> payments = payments(signer);
    private int next;

    /** Called by JMH. */
    public TransferBenchmark() {}

    /** One public key is recovered by libsecp256k1. */
    @Benchmark
    public Object theNativeRecoveryAlone() {
        return library.ecdsaRecover(Arrays.copyOf(signature, 64), digest, signature[64] - 27);
    }

    /** A payment is verified. */
    @Benchmark
    @Figure(
            value = "exact by EIP-3009: a payment verified with libsecp256k1, the node aside",
            baseline = "theNativeRecoveryAlone",
            atMostTimes = 2)
    public Object verified() {
        return require(natively.apply(payment()));
    }

    /** One public key is recovered by Bouncy Castle: a point, an inverse and two products. */
    @Benchmark
    public Object theRecoveryInJavaAlone() {
        byte[] point = new byte[33];
        point[0] = (byte) (2 + signature[64] - 27);
        System.arraycopy(signature, 0, point, 1, 32);
        BigInteger order = CURVE.getN();
        BigInteger inverse = new BigInteger(1, signature, 0, 32).modInverse(order);
        return ECAlgorithms.sumOfTwoMultiplies(
                        CURVE.getG(),
                        inverse.multiply(new BigInteger(1, digest)).negate().mod(order),
                        CURVE.getCurve().decodePoint(point),
                        inverse.multiply(new BigInteger(1, signature, 32, 32)).mod(order))
                .normalize();
    }

    /** A payment is verified without the native library. */
    @Benchmark
    @Figure(
            value = "exact by EIP-3009: a payment verified with Bouncy Castle, the node aside",
            baseline = "theRecoveryInJavaAlone",
            atMostTimes = 2)
    public Object verifiedInJava() {
        return require(inJava.apply(payment()));
    }

    private Payment payment() {
        next = (next + 1) % PAYMENTS;
        return payments.get(next);
    }

    private static Verification require(Verification verification) {
        if (verification instanceof Verification.Valid) {
            return verification;
        }
        throw new IllegalStateException("expected a valid payment, saw " + verification);
    }

    @SuppressWarnings("unchecked")
    private static Function<Payment, Verification> inJava() {
        return (Function<Payment, Verification>) Without.create(LocalCheck.class);
    }

    private static List<Payment> payments(EvmSigner signer) {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", Network.parse("eip155:84532")),
                AtomicAmount.of(10_000),
                "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
                "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
                3_600,
                Json.Obj.EMPTY.with("name", "USDC").with("version", "2"));
        try (Plugins wallet =
                Plugins.builder().discover().port(EvmSigner.class, signer).build()) {
            SchemeClient client = wallet.client(offer.kind());
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
