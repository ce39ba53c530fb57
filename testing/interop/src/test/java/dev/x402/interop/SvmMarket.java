package dev.x402.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.x402.interop.entry.ClientEntry;
import dev.x402.interop.entry.FacilitatorEntry;
import dev.x402.interop.entry.ServerEntry;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.testbed.svm.SvmAccount;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One Solana VM, and on it each role twice: ours and theirs.
 *
 * <p>Every seller asks its facilitator through a {@link Link}. Sells {@code /exact/svm} at a thousandth of a dollar.
 */
final class SvmMarket implements AutoCloseable {
    static final BigInteger PRICE = BigInteger.valueOf(1_000);
    static final String PATH = "/exact/svm";

    private static final Map<Side, SvmAccount> PAYERS =
            Map.of(Side.OURS, SvmAccounts.PAYERS.get(0), Side.THEIRS, SvmAccounts.PAYERS.get(1));
    private static final Map<Side, SvmAccount> FEE_PAYERS =
            Map.of(Side.OURS, SvmAccounts.FEE_PAYERS.get(0), Side.THEIRS, SvmAccounts.FEE_PAYERS.get(1));

    private final Deque<Runnable> open = new ArrayDeque<>();
    private final Clock clock = Clock.systemUTC();
    private final SvmNode node;
    private final Map<Side, Link> links = new EnumMap<>(Side.class);
    private final Map<Side, ServerEntry> ourServers = new EnumMap<>(Side.class);
    private final Map<Side, URI> theirServers = new EnumMap<>(Side.class);
    private final SdkClient theirClient;

    SvmMarket() throws IOException {
        node = opened(SvmNode.start(), SvmNode::close);
        FacilitatorEntry ours = opened(
                FacilitatorEntry.start(withKey(FEE_PAYERS.get(Side.OURS)), clock, () -> {}), FacilitatorEntry::close);
        Program theirs = opened(Program.start("facilitator.mjs", withKey(FEE_PAYERS.get(Side.THEIRS))), Program::close);
        links.put(Side.OURS, opened(new Link(ours.uri()), Link::close));
        links.put(Side.THEIRS, opened(new Link(theirs.uri()), Link::close));
        for (Side side : Side.values()) {
            String facilitator = link(side).uri().toString();
            ourServers.put(side, opened(ServerEntry.start(server(facilitator), clock, () -> {}), ServerEntry::close));
        }
        String both = link(Side.OURS).uri() + "," + link(Side.THEIRS).uri();
        Program servers = opened(Program.start("server.mjs", server(both)), Program::close);
        theirServers.put(Side.OURS, servers.uris().get(0));
        theirServers.put(Side.THEIRS, servers.uris().get(1));
        theirClient =
                new SdkClient(opened(Program.start("client.mjs", withKey(PAYERS.get(Side.THEIRS))), Program::close)
                        .uri());
    }

    /** The environment of a facilitator or a client. */
    private Map<String, String> withKey(SvmAccount account) {
        return Map.of(
                "SVM_NETWORK", node.network(),
                "SVM_RPC_URL", node.uri().toString(),
                "SVM_PRIVATE_KEY", account.secretKey());
    }

    private Map<String, String> server(String facilitator) {
        return Map.of(
                "SVM_NETWORK", node.network(),
                "SVM_PAYEE_ADDRESS", SvmAccounts.PAYEE.address(),
                "FACILITATOR_URL", facilitator);
    }

    SvmNode node() {
        return node;
    }

    SdkClient theirClient() {
        return theirClient;
    }

    /** Between the servers and a facilitator. */
    Link link(Side facilitator) {
        return links.get(facilitator);
    }

    /** The priced resource of a server that asks a facilitator. */
    URI resource(Side server, Side facilitator) {
        return (server == Side.OURS ? ourServers.get(facilitator).uri() : theirServers.get(facilitator)).resolve(PATH);
    }

    /** How often the handler ran of the server that asks a facilitator. */
    int runs(Side server, Side facilitator) throws IOException, InterruptedException {
        if (server == Side.OURS) {
            return ourServers.get(facilitator).runs();
        }
        URI told = theirServers.get(facilitator).resolve("/runs");
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(told).build(), BodyHandlers.ofString())
                .body();
        return Codec.JSON.read(body.getBytes(UTF_8)).cursor().member("runs").integer(0);
    }

    /** Asks for a resource and pays. */
    Answer pay(Side client, URI resource) throws IOException, InterruptedException {
        return client == Side.THEIRS ? theirClient.pay(resource, Json.Obj.EMPTY) : payByOurs(resource);
    }

    private Answer payByOurs(URI resource) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(withKey(PAYERS.get(Side.OURS)));
        variables.put("RESOURCE_SERVER_URL", resource.resolve("/").toString());
        variables.put("ENDPOINT_PATH", PATH.substring(1));
        JsonCursor told = ClientEntry.run(variables, clock).cursor();
        if (told.optional("status_code").isEmpty()) {
            throw new IllegalStateException("our client did not pay " + resource + ": " + told.value());
        }
        return new Answer(
                told.member("status_code").integer(0),
                told.optional("data")
                        .map(data -> new String(Codec.JSON.write(data.value()), UTF_8))
                        .orElse(""),
                Optional.empty(),
                told.optional("payment_response").map(JsonCursor::value).map(Codec.SETTLE_RESPONSE::of),
                Optional.empty());
    }

    /** Who pays the fees of what a facilitator sends. */
    String feePayer(Side facilitator) {
        return FEE_PAYERS.get(facilitator).address();
    }

    String payer(Side client) {
        return PAYERS.get(client).address();
    }

    /** What the chain says that the payers and the payee have. */
    Balances balances() {
        return new Balances(
                node.usdc().balance(payer(Side.OURS)),
                node.usdc().balance(payer(Side.THEIRS)),
                node.usdc().balance(SvmAccounts.PAYEE.address()));
    }

    /** Money on the chain. */
    record Balances(BigInteger ourPayer, BigInteger theirPayer, BigInteger payee) {
        /** The same after a client paid the price once. */
        Balances paidBy(Side client) {
            return client == Side.OURS
                    ? new Balances(ourPayer.subtract(PRICE), theirPayer, payee.add(PRICE))
                    : new Balances(ourPayer, theirPayer.subtract(PRICE), payee.add(PRICE));
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }

    private <T> T opened(T resource, Consumer<T> close) {
        open.push(() -> close.accept(resource));
        return resource;
    }
}
