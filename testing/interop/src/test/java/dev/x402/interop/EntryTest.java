package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.SettleResponse;
import dev.x402.testbed.GuardedProcess;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.svm.Commitment;
import dev.x402.testbed.svm.SvmAccount;
import dev.x402.testbed.svm.SvmAccounts;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our three roles as the reference end-to-end suite starts, asks and stops them. */
@ExtendWith({MarketExtension.class, SvmMarketExtension.class})
final class EntryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path ENTRY = Program.module().resolve("e2e-entry");
    /** Of nobody else: two processes with one key would take each other's nonces. */
    private static final DevAccount SIGNER = DevAccounts.FACILITATORS.get(2);

    private static final DevAccount PAYER = DevAccounts.PAYERS.get(2);
    private static final SvmAccount SVM_SIGNER = SvmAccounts.FEE_PAYERS.get(2);
    private static final SvmAccount SVM_PAYER = SvmAccounts.PAYERS.get(2);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void three_processes_make_one_payment_and_end_when_they_are_told_to(Market market) throws Exception {
        String network = market.node().network();
        BigInteger before = market.node().dollar().balance(DevAccounts.PAYEE.address());

        SettleResponse receipt = play(
                Map.of(
                        "EVM_NETWORK", network,
                        "EVM_RPC_URL", market.node().uri().toString(),
                        "EVM_PRIVATE_KEY", SIGNER.privateKey()),
                Map.of("EVM_NETWORK", network, "EVM_PAYEE_ADDRESS", DevAccounts.PAYEE.address()),
                Map.of("EVM_NETWORK", network, "EVM_PRIVATE_KEY", PAYER.privateKey(), "ENDPOINT_PATH", Market.PATH));

        assertTrue(market.node().chain().awaitReceipt(receipt.transaction()).succeeded());
        assertEquals(before.add(Market.PRICE), market.node().dollar().balance(DevAccounts.PAYEE.address()));
    }

    /** The suite tells its clients no node of Solana, and all of them the keys of both families. */
    @Test
    void three_processes_make_one_payment_on_solana_where_the_payer_has_no_node(SvmMarket market) throws Exception {
        String network = market.node().network();
        String node = market.node().uri().toString();
        BigInteger before = market.node().usdc().balance(SvmAccounts.PAYEE.address());

        SettleResponse receipt = play(
                Map.of("SVM_NETWORK", network, "SVM_RPC_URL", node, "SVM_PRIVATE_KEY", SVM_SIGNER.secretKey()),
                Map.of(
                        "SVM_NETWORK", network,
                        "SVM_RPC_URL", node,
                        "SVM_PAYEE_ADDRESS", SvmAccounts.PAYEE.address()),
                Map.of(
                        "EVM_PRIVATE_KEY", PAYER.privateKey(),
                        "SVM_PRIVATE_KEY", SVM_PAYER.secretKey(),
                        "ENDPOINT_PATH", SvmMarket.PATH));

        assertTrue(market.node()
                .chain()
                .awaitStatus(receipt.transaction(), Commitment.CONFIRMED)
                .succeeded());
        assertEquals(SVM_PAYER.address(), receipt.payer());
        assertEquals(before.add(SvmMarket.PRICE), market.node().usdc().balance(SvmAccounts.PAYEE.address()));
    }

    /** One payment by three processes with this environment beside ports and addresses; its receipt. */
    private SettleResponse play(
            Map<String, String> ofFacilitator, Map<String, String> ofServer, Map<String, String> ofClient)
            throws Exception {
        int facilitatorPort = freePort();
        int serverPort = freePort();
        try (GuardedProcess facilitator = start(
                                "facilitators",
                                "Facilitator listening",
                                with(ofFacilitator, Map.of("PORT", Integer.toString(facilitatorPort))))
                        .process();
                GuardedProcess server = start(
                                "servers",
                                "Server listening",
                                with(
                                        ofServer,
                                        Map.of(
                                                "PORT",
                                                Integer.toString(serverPort),
                                                "FACILITATOR_URL",
                                                "http://localhost:" + facilitatorPort)))
                        .process()) {
            for (int port : List.of(facilitatorPort, serverPort)) {
                HttpResponse<String> health = ask(port, "/health", HttpRequest.newBuilder());
                assertEquals(200, health.statusCode());
                assertEquals("{\"status\":\"ok\"}", health.body());
            }

            JsonCursor result = result(start(
                    "clients", "{", with(ofClient, Map.of("RESOURCE_SERVER_URL", "http://localhost:" + serverPort))));

            assertTrue(result.member("success").bool(), () -> result.value().toString());
            assertEquals(200, result.member("status_code").integer(0));
            assertEquals(
                    "Protected endpoint accessed successfully",
                    result.member("data").member("message").text());
            SettleResponse receipt =
                    Codec.SETTLE_RESPONSE.of(result.member("payment_response").value());
            assertTrue(receipt.success());

            for (int port : List.of(serverPort, facilitatorPort)) {
                HttpRequest.Builder close = HttpRequest.newBuilder().POST(BodyPublishers.noBody());
                assertEquals(200, ask(port, "/close", close).statusCode());
            }
            for (GuardedProcess process : List.of(server, facilitator)) {
                Optional<ProcessHandle> left = ProcessHandle.of(process.pid());
                if (left.isPresent()) {
                    left.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
                assertFalse(process.isAlive());
            }
            return receipt;
        }
    }

    private static Map<String, String> with(Map<String, String> variables, Map<String, String> more) {
        Map<String, String> both = new TreeMap<>(variables);
        both.putAll(more);
        return both;
    }

    @ParameterizedTest
    @CsvSource({"clients,client", "servers,server", "facilitators,facilitator"})
    void the_configuration_tells_the_role_and_what_is_served(String folder, String role) throws IOException {
        JsonCursor config = Codec.JSON
                .read(Files.readAllBytes(home(folder).resolve("test.config.json")))
                .cursor();
        assertEquals(role, config.member("type").text());
        if (role.equals("server")) {
            List<String> paths = config.member("endpoints").elements().stream()
                    .map(endpoint -> endpoint.member("path").text())
                    .toList();
            assertEquals(List.of(Market.PATH, SvmMarket.PATH, "/health", "/close"), paths);
        } else {
            assertEquals(
                    List.of("evm", "svm"), config.member("protocolFamilies").texts());
            assertEquals(Json.array(Json.of(2)), config.member("x402Versions").value());
        }
    }

    private HttpResponse<String> ask(int port, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        URI target = URI.create("http://localhost:" + port + path);
        return http.send(request.uri(target).build(), BodyHandlers.ofString());
    }

    /** The first line that begins with a brace is what the suite reads. */
    private static JsonCursor result(GuardedProcess.Started client) {
        client.process().close();
        assertTrue(client.readyLine().startsWith("{"), client.readyLine());
        return Codec.JSON
                .read(client.readyLine().getBytes(StandardCharsets.UTF_8))
                .cursor();
    }

    /** In its directory, without a shell, the words of the one line of run.sh that the suite understands. */
    private static GuardedProcess.Started start(String folder, String marker, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(
                List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", home(folder).toString()));
        String line = Files.readAllLines(home(folder).resolve("run.sh")).stream()
                .filter(each -> each.startsWith("node "))
                .findFirst()
                .orElseThrow();
        command.addAll(List.of(line.split(" ", -1)));
        return GuardedProcess.start(command, marker, PATIENCE);
    }

    private static Path home(String folder) {
        return ENTRY.resolve(folder).resolve("x402-java");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
