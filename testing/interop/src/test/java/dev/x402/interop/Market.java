package dev.x402.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.x402.http.client.Outcome;
import dev.x402.interop.entry.FacilitatorEntry;
import dev.x402.interop.entry.ServerEntry;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One EVM chain, and on it each role twice: ours and theirs.
 *
 * <p>Every seller asks its facilitator through a {@link Link}. Sells {@code /exact/evm/eip3009} at a thousandth of a
 * dollar.
 */
public final class Market implements AutoCloseable {
    static final BigInteger PRICE = BigInteger.valueOf(1_000);
    static final String PATH = "/exact/evm/eip3009";

    private static final Map<Side, DevAccount> PAYERS =
            Map.of(Side.OURS, DevAccounts.PAYERS.get(0), Side.THEIRS, DevAccounts.PAYERS.get(1));
    private static final Map<Side, DevAccount> SIGNERS =
            Map.of(Side.OURS, DevAccounts.FACILITATORS.get(0), Side.THEIRS, DevAccounts.FACILITATORS.get(1));

    private final Deque<Runnable> open = new ArrayDeque<>();
    private final EvmNode node;
    private final Map<Side, URI> facilitators = new EnumMap<>(Side.class);
    private final Map<Side, Link> links = new EnumMap<>(Side.class);
    private final Map<Side, ServerEntry> ourServers = new EnumMap<>(Side.class);
    private final Map<Side, URI> theirServers = new EnumMap<>(Side.class);
    private final OurClient ourClient;
    private final SdkClient theirClient;

    Market() throws IOException {
        Clock clock = Clock.systemUTC();
        node = opened(EvmNode.start(), EvmNode::close);
        facilitators.put(
                Side.OURS,
                opened(FacilitatorEntry.start(facilitator(Side.OURS), clock, () -> {}), FacilitatorEntry::close)
                        .uri());
        facilitators.put(
                Side.THEIRS,
                opened(Program.start("facilitator.mjs", facilitator(Side.THEIRS)), Program::close)
                        .uri());
        for (Side side : Side.values()) {
            Link link = opened(new Link(facilitators.get(side)), Link::close);
            links.put(side, link);
            ourServers.put(
                    side,
                    opened(ServerEntry.start(server(link.uri().toString()), clock, () -> {}), ServerEntry::close));
        }
        Program servers = opened(
                Program.start(
                        "server.mjs",
                        server(link(Side.OURS).uri() + "," + link(Side.THEIRS).uri())),
                Program::close);
        theirServers.put(Side.OURS, servers.uris().get(0));
        theirServers.put(Side.THEIRS, servers.uris().get(1));
        theirClient = new SdkClient(opened(
                        Program.start(
                                "client.mjs",
                                Map.of(
                                        "EVM_NETWORK",
                                        node.network(),
                                        "EVM_PRIVATE_KEY",
                                        PAYERS.get(Side.THEIRS).privateKey())),
                        Program::close)
                .uri());
        ourClient = opened(new OurClient(PAYERS.get(Side.OURS), clock), OurClient::close);
        awaitReady();
    }

    /** A server asks its facilitator what it supports before it sells: one question to each, and nothing is pending. */
    private void awaitReady() throws IOException {
        for (Side server : Side.values()) {
            for (Side facilitator : Side.values()) {
                URI resource = resource(server, facilitator);
                int status = ((HttpURLConnection) resource.toURL().openConnection()).getResponseCode();
                if (status != 402) {
                    throw new IllegalStateException(
                            resource + ": expected 402 of a server that is ready, saw " + status);
                }
            }
        }
    }

    /** The environment of a facilitator on this chain. */
    public Map<String, String> facilitator(Side side) {
        return Map.of(
                "EVM_NETWORK", node.network(),
                "EVM_RPC_URL", node.uri().toString(),
                "EVM_PRIVATE_KEY", SIGNERS.get(side).privateKey(),
                "POLLING_MS", "50");
    }

    /** The environment of a server that is paid on this chain. */
    Map<String, String> server(String facilitator) {
        return Map.of(
                "EVM_NETWORK", node.network(),
                "EVM_PAYEE_ADDRESS", DevAccounts.PAYEE.address(),
                "FACILITATOR_URL", facilitator);
    }

    public EvmNode node() {
        return node;
    }

    OurClient ourClient() {
        return ourClient;
    }

    SdkClient theirClient() {
        return theirClient;
    }

    /** Between the servers and a facilitator. */
    public Link link(Side facilitator) {
        return links.get(facilitator);
    }

    /** Where a facilitator really is. */
    public URI facilitatorUri(Side facilitator) {
        return facilitators.get(facilitator);
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

    /** The payer's own money, as the chain says. */
    BigInteger balance(Side client) {
        return node.dollar().balance(payer(client));
    }

    /** Asks for a resource and pays. */
    public Answer pay(Side client, URI resource) throws IOException, InterruptedException {
        if (client == Side.THEIRS) {
            return theirClient.pay(resource, Json.Obj.EMPTY);
        }
        Outcome<String> outcome = ourClient.send(resource);
        if (outcome instanceof Outcome.Paid<String> paid) {
            return new Answer(
                    paid.response().statusCode(),
                    paid.response().body(),
                    Optional.empty(),
                    paid.receipt(),
                    Optional.empty());
        }
        throw new IllegalStateException("our client did not pay " + resource + ": " + outcome);
    }

    /** Who sends the transactions of a facilitator. */
    String signer(Side facilitator) {
        return SIGNERS.get(facilitator).address();
    }

    String payer(Side client) {
        return PAYERS.get(client).address();
    }

    /** What the chain says that the payers and the payee have. */
    public Balances balances() {
        return new Balances(
                node.dollar().balance(payer(Side.OURS)),
                node.dollar().balance(payer(Side.THEIRS)),
                node.dollar().balance(DevAccounts.PAYEE.address()));
    }

    /** Money on the chain. */
    public record Balances(BigInteger ourPayer, BigInteger theirPayer, BigInteger payee) {
        /** The same after a client paid the price so many times. */
        public Balances paidBy(Side client, int times) {
            BigInteger moved = PRICE.multiply(BigInteger.valueOf(times));
            return client == Side.OURS
                    ? new Balances(ourPayer.subtract(moved), theirPayer, payee.add(moved))
                    : new Balances(ourPayer, theirPayer.subtract(moved), payee.add(moved));
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
