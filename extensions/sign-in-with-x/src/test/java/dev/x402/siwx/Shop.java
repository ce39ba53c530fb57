package dev.x402.siwx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A seller's side, with the hands of a gate and of a payer's wallet. */
final class Shop {
    static final String ORIGIN = "https://api.example.com";
    static final String ALICE = "0xA11CE";
    static final String BOB = "0xAB0B";
    static final String WALLET = "0xC0FFEE";
    static final Bytes SECRET = Bytes.of(new byte[32]);

    final World world;
    final Store store;
    final ServerSide side;

    Shop(World world, Store store, UnaryOperator<SignInSettings.Builder> more) {
        this.world = world;
        this.store = store;
        SignInSettings settings =
                more.apply(SignInSettings.builder(ORIGIN).secret(SECRET)).build();
        this.side = new SignInWithX()
                .server(world.port(SignInSettings.class, settings).port(Store.class, store))
                .orElseThrow();
    }

    static Shop with(Plan plan) {
        World world = new World();
        return new Shop(world, InMemoryExtensionStore.of(world.clock), builder -> builder.plan("weather", plan));
    }

    static Shop of(UnaryOperator<SignInSettings.Builder> more) {
        World world = new World();
        return new Shop(world, InMemoryExtensionStore.of(world.clock), more);
    }

    static Visit visit(String tenant, String method, String route, String target, Map<String, String> proofs) {
        return new Visit(
                tenant,
                method,
                route,
                "",
                Map.of(),
                target,
                "",
                "",
                ResourceInfo.of(ORIGIN + target),
                Optional.empty(),
                proofs);
    }

    static Visit weather(Map<String, String> proofs) {
        return visit("", "GET", "weather", "/weather", proofs);
    }

    Json.Obj declared(Network... networks) {
        return declared(weather(Map.of()), networks);
    }

    Json.Obj declared(Visit visit, Network... networks) {
        List<PaymentRequirements> offers =
                java.util.Arrays.stream(networks).map(Shop::offer).toList();
        return (Json.Obj) side.declare(visit, offers).orElseThrow();
    }

    /** The message that an account signs to answer a fresh challenge. */
    SignInMessage message(Network network, String account) {
        return message(declared(network), network, account);
    }

    static SignInMessage message(Json.Obj declared, Network network, String account) {
        Json.Obj info = (Json.Obj) declared.find("info").orElseThrow();
        return new SignInMessage(
                text(info, "domain"),
                network,
                account,
                info.text("statement").orElse(null),
                text(info, "uri"),
                text(info, "version"),
                text(info, "nonce"),
                text(info, "issuedAt"),
                text(info, "expirationTime"),
                null,
                null,
                List.of(text(info, "uri")));
    }

    private static String text(Json.Obj info, String name) {
        return info.text(name).orElseThrow();
    }

    Json.Obj proof(SignInMessage message, String signer) {
        String family = world.accounts(message.network()).orElseThrow().family();
        String type = world.accounts(message.network()).orElseThrow().type();
        return new Proof(message, type, Keys.signature(signer, message.text(family))).json();
    }

    static String header(Json proof) {
        return dev.x402.spec.Codec.JSON.writeHeader(proof);
    }

    /** A fresh proof of an account that signs for itself. */
    String proof(Network network, String account) {
        return header(proof(message(network, account), account));
    }

    Access enter(String proof) {
        return side.enter(weather(Map.of(Proof.HEADER, proof)));
    }

    Access session(String token) {
        return side.enter(weather(Map.of(Sessions.HEADER, token)));
    }

    /** Signs in and returns the token of the session. */
    String signIn(Network network, String account) {
        return token(enter(proof(network, account)));
    }

    static String token(Access access) {
        Map<String, String> answers = access instanceof Access.Granted granted
                ? granted.answers()
                : assertInstanceOf(Access.Denied.class, access).answers();
        return Optional.ofNullable(answers.get(Sessions.HEADER)).orElseThrow();
    }

    static void assertDenied(ErrorCode code, String message, Access access) {
        Access.Denied denied = assertInstanceOf(Access.Denied.class, access);
        assertEquals(message, denied.message());
        assertEquals(code, denied.code());
    }

    static void assertNotEntitled(Access access) {
        assertEquals(
                Codes.NOT_ENTITLED,
                assertInstanceOf(Access.Denied.class, access).code());
    }

    static Access.Granted assertGranted(Access access) {
        return assertInstanceOf(Access.Granted.class, access, () -> String.valueOf(access));
    }

    static PaymentRequirements offer(Network network) {
        return PaymentRequirements.of(
                new Kind("exact", network), AtomicAmount.of(10_000), "asset", "payee", 60, Json.Obj.EMPTY);
    }

    /** A payment whose payload claims things that nobody may believe. */
    static Payment payment(Network network, String id) {
        Json.Obj payload = Json.object()
                .put("id", id)
                .put("authorization", Json.object().put("from", BOB).build())
                .build();
        return new Payment(
                PaymentPayload.of(ResourceInfo.of(ORIGIN + "/elsewhere"), offer(network), payload), offer(network), "");
    }

    static Receipt receipt(String payer) {
        return new Receipt("tx", payer, AtomicAmount.of(10_000), Json.Obj.EMPTY);
    }

    static Sale sale(String tenant, String route, String id, Network network, Settlement now) {
        return new Sale(tenant, route, new PaymentKey(id), payment(network, id), now);
    }

    void paid(String id, Network network, String payer) {
        side.became(sale("", "weather", id, network, new Settlement.Settled(receipt(payer), Stage.SETTLED)));
    }

    void reversed(String id, Network network, String payer) {
        side.became(sale(
                "", "weather", id, network, new Settlement.Reversed(receipt(payer), new ErrorCode("ach_return_r01"))));
    }

    static Map<String, String> proofs(String... namesAndValues) {
        Map<String, String> proofs = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            proofs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return proofs;
    }
}
