package dev.x402.tck;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One extension with its sides, and messages as they come to it; for one rule. */
final class ExtensionBench {
    private static final int LONGEST_TEXT = 4096;
    private static final int MOST_MEMBERS = 64;
    private static final int DEEPEST = 12;

    private final Bench bench;
    private final ExtensionFixture fixture;
    private final KitStore store;
    private final PaymentExtension extension;
    private @Nullable ServerSide server;
    private @Nullable ClientSide client;

    private ExtensionBench(Bench bench, ExtensionFixture fixture) {
        this.bench = bench;
        this.fixture = fixture;
        this.store = new KitStore(bench.environment().clock());
        this.extension = fixture.extension();
    }

    static ExtensionBench on(Bench bench) {
        if (bench.fixture() instanceof JudgedExtension judged) {
            return new ExtensionBench(bench, judged.of());
        }
        throw bench.notApplicable("not an extension");
    }

    ExtensionFixture fixture() {
        return fixture;
    }

    PaymentExtension extension() {
        return extension;
    }

    String key() {
        return extension.key();
    }

    KitStore store() {
        return store;
    }

    /** Ports with nothing behind them. */
    PaymentExtension.Context closedPorts() {
        return new ExtensionPorts(bench.environment(), fixture, store, false);
    }

    private PaymentExtension.Context ports() {
        return new ExtensionPorts(bench.environment(), fixture, store, true);
    }

    ServerSide server() {
        ServerSide known = server;
        if (known == null) {
            known = open("seller's", extension.server(ports()));
            server = known;
        }
        return known;
    }

    /** The seller's side of a new extension with the same ports, as after a restart. */
    ServerSide anotherServer() {
        return open("seller's", fixture.extension().server(ports()));
    }

    ClientSide client() {
        ClientSide known = client;
        if (known == null) {
            known = open("payer's", extension.client(ports()));
            client = known;
        }
        return known;
    }

    FacilitatorSide facilitator() {
        return open("facilitator's", extension.facilitator(ports()));
    }

    private <S extends AutoCloseable> S open(String whose, Optional<S> made) {
        return bench.opened(made.orElseThrow(() -> new RuleViolation(
                "asked the extension for the " + whose + " side, which the fixture claims",
                "a side",
                "none: does the fixture give every port that it asks for?")));
    }

    boolean claims(Capability side) {
        return fixture.capabilities().contains(side);
    }

    PaymentRequirements offer() {
        return fixture.offer();
    }

    /** What this side declares for the fixture's visit; not applicable when it is nothing. */
    Json declaration(ServerSide side) {
        return side.declare(fixture.visit(), List.of(offer()))
                .orElseThrow(() -> bench.notApplicable("the route of the fixture declares nothing"));
    }

    /** What the extension declares; without a seller's side what the fixture says. */
    Json declaration() {
        return claims(Capability.SERVER)
                ? declaration(server())
                : fixture.declared().orElseThrow(() -> bench.notApplicable("nothing is declared"));
    }

    /** The visit after the challenge was made. */
    Visit visit(Json declaration) {
        return fixture.visit().withDeclared(Optional.of(declaration));
    }

    Visit visit(Map<String, String> proofs) {
        Visit plain = fixture.visit();
        return new Visit(
                plain.tenant(),
                plain.method(),
                plain.route(),
                plain.template(),
                plain.parameters(),
                plain.target(),
                plain.bodyDigest(),
                plain.caller(),
                plain.resource(),
                plain.declared(),
                proofs);
    }

    /** What the payer's payload says under the key: the declaration, and what the payer's side adds. */
    Json echo(Json declaration) {
        Optional<Json> answer =
                claims(Capability.CLIENT) ? client().answer(declaration, offer()) : fixture.answer(declaration);
        return answer.map(added -> merged(declaration, added)).orElse(declaration);
    }

    PaymentPayload payload(Optional<Json> echo) {
        PaymentPayload plain = PaymentPayload.of(
                fixture.visit().resource(),
                offer(),
                Json.object().put("proof", "0123456789abcdef").build());
        return echo.map(said -> new PaymentPayload(
                        plain.resource(),
                        plain.accepted(),
                        plain.payload(),
                        Json.Obj.EMPTY.with(key(), said),
                        Json.Obj.EMPTY))
                .orElse(plain);
    }

    Payment payment(Optional<Json> echo) {
        return Payment.of(payload(echo), offer());
    }

    Settlement.Settled settled() {
        return new Settlement.Settled(
                new Receipt("tx-1", fixture.payer(), offer().amount(), Json.Obj.EMPTY), Stage.SETTLED);
    }

    /** A sale that settled, got final, and was returned. */
    List<Sale> sales(Payment payment) {
        Settlement.Settled settled = settled();
        return List.of(
                sale(payment, settled),
                sale(payment, new Settlement.Settled(settled.receipt(), Stage.FINAL)),
                sale(payment, new Settlement.Reversed(settled.receipt(), new ErrorCode("returned"))));
    }

    private Sale sale(Payment payment, Settlement now) {
        Visit visit = fixture.visit();
        return new Sale(visit.tenant(), visit.route(), new PaymentKey("x402tck-key"), payment, now);
    }

    /** A challenge that declares this. */
    PaymentRequired challenge(Json.Obj extensions) {
        return new PaymentRequired(
                "payment is required", fixture.visit().resource(), List.of(offer()), extensions, Json.Obj.EMPTY);
    }

    /** What a hostile peer may write for an honest tree, as the codec allows. */
    List<Json> garbage(Json honest) {
        List<Json> all = new ArrayList<>(Leaves.strangers());
        Leaves.strangers()
                .forEach(stranger -> all.add(Json.object().put("info", stranger).build()));
        if (honest instanceof Json.Obj members) {
            Leaves.of(members)
                    .forEach(leaf ->
                            Leaves.strangers().forEach(stranger -> all.add(Leaves.with(members, leaf, stranger))));
            members.members().forEach((name, value) -> {
                all.add(members.without(name));
                Leaves.strangers().forEach(stranger -> all.add(members.with(name, stranger)));
            });
        }
        all.addAll(bombs());
        return all;
    }

    /** The most that the codec lets through, in every direction. */
    static List<Json> bombs() {
        String text = "\u0000<script>\ud83d\ude00".repeat(LONGEST_TEXT / 11);
        Map<String, Json> wide = new LinkedHashMap<>();
        for (int i = 0; i < MOST_MEMBERS; i++) {
            wide.put("member" + i + "/~\u0000", Json.of(text));
        }
        Json deep = new Json.Obj(wide);
        for (int i = 0; i < DEEPEST; i++) {
            deep = Json.object().put("info", deep).build();
        }
        Json many = new Json.Arr(Collections.nCopies(MOST_MEMBERS, Json.of(text)));
        return List.of(
                deep,
                new Json.Obj(wide),
                Json.object().put("info", new Json.Obj(wide)).build(),
                Json.object()
                        .put("info", Json.object().put("a", many).build())
                        .put("schema", many)
                        .build(),
                many);
    }

    /** The server's members, then what the payer adds. */
    static Json merged(Json servers, Json payers) {
        if (!(servers instanceof Json.Obj ours) || !(payers instanceof Json.Obj theirs)) {
            return servers;
        }
        Map<String, Json> members = new LinkedHashMap<>(ours.members());
        theirs.members().forEach((name, value) -> members.merge(name, value, ExtensionBench::merged));
        return new Json.Obj(members);
    }

    /** A declaration without what is new in each. */
    static Json without(Json declaration, Set<String> dynamicInfo) {
        if (!(declaration instanceof Json.Obj members) || !(members.members().get("info") instanceof Json.Obj info)) {
            return declaration;
        }
        Json.Obj rest = info;
        for (String name : dynamicInfo) {
            rest = rest.without(name);
        }
        return members.with("info", rest);
    }
}
