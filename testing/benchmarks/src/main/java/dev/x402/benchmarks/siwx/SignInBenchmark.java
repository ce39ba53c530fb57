package dev.x402.benchmarks.siwx;

import dev.x402.benchmarks.Figure;
import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmSigner;
import dev.x402.siwx.PayerSessions;
import dev.x402.siwx.Plan;
import dev.x402.siwx.SignInSettings;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.svm.SvmAccounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Who paid comes back: by a session, and by signing in, with a store in memory. */
@State(Scope.Benchmark)
public class SignInBenchmark {
    private static final String ORIGIN = "https://shop.example";
    private static final String URL = ORIGIN + "/report";
    private static final Network BASE = Network.parse("eip155:84532");
    private static final Network SOLANA = Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    private static final String SESSION = "SIGN-IN-WITH-X-SESSION";

    private final Clock clock = Clock.systemUTC();
    private final PaymentExtension.Store store = new Forgetful(InMemoryExtensionStore.of(clock, 10_000_000, 4L << 30));
    private final Plugins seller = Plugins.builder()
            .discover()
            .port(PaymentExtension.Store.class, store)
            .port(
                    SignInSettings.class,
                    SignInSettings.builder(ORIGIN)
                            .secret(Bytes.of(new byte[32]))
                            .challengeFor(Duration.ofMinutes(15))
                            .plan("report", Plan.forEver())
                            .plan("counted", Plan.calls(Integer.MAX_VALUE))
                            .build())
            .build();
    private final Plugins evm = Plugins.builder()
            .discover()
            .port(EvmSigner.class, LocalEvmSigner.parse("0x" + "11".repeat(32)))
            .port(PayerSessions.class, PayerSessions.inMemory())
            .build();
    private final Plugins svm = Plugins.builder()
            .discover()
            .port(SvmSigner.class, LocalSvmSigner.parse(SvmAccounts.payer().secretKey()))
            .port(PayerSessions.class, PayerSessions.inMemory())
            .build();
    private final ServerSide server = side(seller.extensionServers());
    private final ClientSide onEvm = side(evm.extensionClients());
    private final ClientSide onSolana = side(svm.extensionClients());
    private final Map<String, String> provenOnEvm = proof(onEvm, challenge(BASE));
    private final Map<String, String> provenOnSolana = proof(onSolana, challenge(SOLANA));
    private final String token;

    /** Called by JMH. */
    public SignInBenchmark() {
        bought(evm, BASE);
        bought(svm, SOLANA);
        Access.Granted granted = granted(signIn(onEvm, BASE));
        token = granted.answers().getOrDefault(SESSION, "");
    }

    private static <T> T side(Map<String, T> sides) {
        return Optional.ofNullable(sides.get("sign-in-with-x")).orElseThrow();
    }

    private void bought(Plugins payer, Network network) {
        String account = payer.accounts(network)
                .flatMap(accounts -> accounts.own(network))
                .orElseThrow();
        for (String route : List.of("report", "counted")) {
            server.became(new Sale(
                    "",
                    route,
                    new PaymentKey(route + network),
                    Payment.of(PaymentPayload.of(null, offer(network), Json.Obj.EMPTY), offer(network)),
                    new Settlement.Settled(
                            new Receipt("tx", account, AtomicAmount.of(10_000), Json.Obj.EMPTY), Stage.FINAL)));
        }
    }

    private static PaymentRequirements offer(Network network) {
        return PaymentRequirements.of(
                new Kind("exact", network), AtomicAmount.of(10_000), "asset", "payee", 60, Json.Obj.EMPTY);
    }

    private static Visit visit(String route, Map<String, String> proofs) {
        return new Visit(
                "",
                "GET",
                route,
                "/report",
                Map.of(),
                "/report",
                "",
                "",
                ResourceInfo.of(URL),
                Optional.empty(),
                proofs);
    }

    private PaymentRequired challenge(Network network) {
        Json declared = server.declare(visit("report", Map.of()), List.of(offer(network)))
                .orElseThrow();
        return new PaymentRequired(
                "payment required",
                ResourceInfo.of(URL),
                List.of(),
                Json.Obj.EMPTY.with("sign-in-with-x", declared),
                Json.Obj.EMPTY);
    }

    private Map<String, String> proof(ClientSide payer, PaymentRequired challenge) {
        return payer.prove(URL, challenge, Instant.MAX);
    }

    private Access signIn(ClientSide payer, Network network) {
        return server.enter(visit("report", proof(payer, challenge(network))));
    }

    private static Access.Granted granted(Access access) {
        if (access instanceof Access.Granted granted) {
            return granted;
        }
        throw new IllegalStateException("expected to enter, saw " + access);
    }

    /** The session is looked up in the store, as text. */
    @Benchmark
    public Object theStoreAlone() {
        return store.find("siwx-session", token);
    }

    /** A request within a session whose payment bought any number of them. */
    @Benchmark
    @Figure(value = "sign-in-with-x: a request in a session", baseline = "theStoreAlone", atMost = 20)
    public boolean inSession() {
        return pass(server.enter(visit("report", Map.of(SESSION, token))));
    }

    /** A request within a session whose payment bought a number of them. */
    @Benchmark
    @Figure(value = "sign-in-with-x: a counted request in a session", baseline = "theStoreAlone", atMost = 20)
    public boolean countedInSession() {
        return pass(server.enter(visit("counted", Map.of(SESSION, token))));
    }

    private static boolean pass(Access access) {
        granted(access).pass().ended(true);
        return true;
    }

    /** A challenge is made. */
    @Benchmark
    public Object theChallengeAlone() {
        return challenge(BASE);
    }

    /** A challenge is made, and a proof of an EVM key checked, up to a session. */
    @Benchmark
    @Figure(
            value = "sign-in-with-x: challenge and proof of an EVM account",
            baseline = "theChallengeAlone",
            atMost = 333)
    public boolean signedInOnEvm() {
        challenge(BASE);
        return pass(server.enter(visit("report", provenOnEvm)));
    }

    /** A challenge is made, and a proof of a Solana key checked, up to a session. */
    @Benchmark
    @Figure(
            value = "sign-in-with-x: challenge and proof of a Solana account",
            baseline = "theChallengeAlone",
            atMost = 333)
    public boolean signedInOnSolana() {
        challenge(SOLANA);
        return pass(server.enter(visit("report", provenOnSolana)));
    }

    /** Closes the plugins. */
    @TearDown
    public void close() {
        seller.close();
        evm.close();
        svm.close();
    }

    /** Writes each nonce under another name, so that one proof can be checked as often as is measured. */
    private static final class Forgetful implements PaymentExtension.Store {
        private final PaymentExtension.Store store;
        private long nonces;

        Forgetful(PaymentExtension.Store store) {
            this.store = store;
        }

        @Override
        public Optional<Bytes> find(String space, String key) {
            return store.find(space, key);
        }

        @Override
        public Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until) {
            return store.write(space, space.endsWith("nonce") ? "nonce " + ++nonces : key, seen, next, until);
        }
    }
}
