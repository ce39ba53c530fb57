package dev.x402.benchmarks.load;

import dev.x402.benchmarks.load.ClosedLoop.Seen;
import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.svm.SvmAccount;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmMint;
import dev.x402.testbed.svm.SvmNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Ours, the reference and the bare VM asked to verify under the same load, in turn, on one Solana. */
public final class SvmLoad {
    private static final SvmAccount OURS = SvmAccounts.FEE_PAYERS.get(0);
    private static final SvmAccount REFERENCE = SvmAccounts.FEE_PAYERS.get(1);
    private static final int CLIENTS = 16;
    private static final int PAYMENTS = 4_000;

    private final SvmNode node;
    private final Clock clock;
    private final Network network;

    private SvmLoad(SvmNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
        this.network = Network.parse(node.network());
    }

    /** One round of the three. */
    private record Round(Seen ours, Seen reference, Seen vm) {
        static double median(List<Round> rounds, Function<Round, Seen> whose) {
            return rounds.stream()
                    .map(whose)
                    .map(Seen::perSecond)
                    .sorted(Comparator.naturalOrder())
                    .toList()
                    .get((rounds.size() - 1) / 2);
        }
    }

    /** A payment as facilitators take it, and as the VM does. */
    private record Signed(String request, String simulation) {}

    /**
     * Measures and returns the row of the table.
     *
     * <p>Reads {@code load.rounds}, {@code load.warmup}, {@code load.seconds} and {@code load.flags}.
     *
     * @throws IOException when an answer is not as it must be
     */
    public static List<List<String>> measured(Clock clock) throws IOException, InterruptedException {
        try (SvmNode node = SvmNode.start()) {
            return new SvmLoad(node, clock).rows();
        }
    }

    private List<List<String>> rows() throws IOException, InterruptedException {
        List<Signed> forOurs = signed(OURS);
        List<Signed> forTheirs = signed(REFERENCE);
        Duration time = Duration.ofSeconds(Integer.getInteger("load.seconds", 3));
        int warmup = Integer.getInteger("load.warmup", 3);
        List<Round> rounds = new ArrayList<>();
        try (Program ours = Program.start(Programs.facilitator(), environment(OURS));
                Program theirs = Program.start(List.of("node", Programs.reference()), environment(REFERENCE))) {
            for (int i = 0; i < warmup + Integer.getInteger("load.rounds", 5); i++) {
                Round round = new Round(
                        ClosedLoop.run(ours.uri(), CLIENTS, time, forOurs, SvmLoad::verified),
                        ClosedLoop.run(theirs.uri(), CLIENTS, time, forTheirs, SvmLoad::verified),
                        ClosedLoop.run(node.uri(), CLIENTS, time, forOurs, SvmLoad::simulated));
                System.out.println("verify on Solana: " + round);
                if (i >= warmup) {
                    rounds.add(round);
                }
            }
        }
        double ours = Round.median(rounds, Round::ours);
        double reference = Round.median(rounds, Round::reference);
        double vm = Round.median(rounds, Round::vm);
        boolean held = ours >= 2.5 * reference && ours >= 0.8 * vm;
        return List.of(List.of(
                "`/verify` on Solana, 16 clients, answers a second",
                number(ours),
                number(reference) + " (" + number(ours / reference) + " ×)",
                "simulateTransaction " + number(vm) + " (" + number(ours / vm) + " ×)",
                "2.5 × the reference and 0.8 × the VM" + (held ? "" : ", missed")));
    }

    private static void verified(Wire wire, Signed payment) throws IOException {
        Wire.Reply reply = wire.post("/verify", payment.request());
        if (reply.status() != 200 || !reply.body().contains("\"isValid\":true")) {
            throw new IOException("/verify: expected a valid payment, saw " + reply);
        }
    }

    private static void simulated(Wire wire, Signed payment) throws IOException {
        Wire.Reply reply = wire.post("/", payment.simulation());
        if (reply.status() != 200 || !reply.body().contains("\"err\":null")) {
            throw new IOException("simulateTransaction: expected no error, saw " + reply);
        }
    }

    /** Payments for which a facilitator pays, none signed twice. */
    private List<Signed> signed(SvmAccount feePayer) {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", network),
                AtomicAmount.of(1_000),
                SvmMint.USDC.address(),
                SvmAccounts.PAYEE.address(),
                60,
                Json.Obj.EMPTY
                        .with("feePayer", feePayer.address())
                        .with("recentBlockhash", node.chain().blockhash()));
        try (Plugins wallet = Plugins.builder()
                .discover()
                .clock(clock)
                .port(SvmSigner.class, LocalSvmSigner.parse(SvmAccounts.payer().secretKey()))
                .build()) {
            SchemeClient client = wallet.client(offer.kind());
            return IntStream.range(0, PAYMENTS)
                    .parallel()
                    .mapToObj(i -> new PayContext(
                            Json.Obj.EMPTY, offer.amount(), clock.instant().plusSeconds(10)))
                    .map(context -> signed(offer, client.pay(offer, context).payload()))
                    .toList();
        }
    }

    private static Signed signed(PaymentRequirements offer, Json.Obj proof) {
        FacilitatorRequest request =
                new FacilitatorRequest(PaymentPayload.of(null, offer, proof), offer, Json.Obj.EMPTY);
        String simulation = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"simulateTransaction\",\"params\":[\""
                + proof.text("transaction").orElseThrow()
                + "\",{\"encoding\":\"base64\",\"commitment\":\"confirmed\",\"sigVerify\":false}]}";
        return new Signed(new String(Codec.FACILITATOR_REQUEST.write(request), StandardCharsets.UTF_8), simulation);
    }

    private Map<String, String> environment(SvmAccount feePayer) {
        return Map.of(
                "PORT", "0",
                "SVM_NETWORK", node.network(),
                "SVM_RPC_URL", node.uri().toString(),
                "SVM_PRIVATE_KEY", feePayer.secretKey(),
                "MALLOC_ARENA_MAX", "2");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }
}
