package dev.x402.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.Flow;
import dev.x402.core.payer.Budget;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.InMemoryBudgetLedger;
import dev.x402.core.payer.Payer;
import dev.x402.core.router.FacilitatorRouter;
import dev.x402.core.router.RoutingPolicy;
import dev.x402.core.seller.Completion;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.PricedRoute;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.core.seller.WayToPay;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class X402ConfigTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PAY_TO", "bob", "CLOUD_TOKEN", "t0p-s3cret");

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final Plugins plugins = Toy.plugins(clock);
    private final Toy.Yes yes = new Toy.Yes();

    @AfterEach
    void close() {
        plugins.close();
    }

    private static Path file() {
        try {
            return Path.of(X402ConfigTest.class.getResource("x402.yaml").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static X402Config example() throws IOException {
        return X402Config.read(file(), ENVIRONMENT);
    }

    @Test
    void the_buyer_of_the_file_is_the_buyer_of_code() throws IOException {
        BuyerConfig buyer = example().buyer();
        assertEquals(
                BuyerPolicy.builder()
                        .prefer("solo", "duo")
                        .only("USDT")
                        .atMost("0.05 USD")
                        .cheapest()
                        .build(),
                buyer.policy());
        assertEquals(
                List.of(
                        Budget.of("2 USD").within(Duration.ofDays(1)),
                        Budget.of("0.20 USD").per(Budget.Scope.HOST).within(Duration.ofHours(1))),
                buyer.budgets());
    }

    @Test
    void the_payer_of_the_file_chooses_by_its_policy_and_counts_its_budgets() throws IOException {
        PaymentRequired required = challenge(example().seller().gate(plugins), "GET /report");
        Payer payer = example()
                .buyer()
                .payer(plugins, InMemoryBudgetLedger.builder(clock).build())
                .clock(clock)
                .build();
        assertEquals(
                Toy.SOLO,
                payer.explain("https://shop.example/report", required)
                        .chosen()
                        .orElseThrow()
                        .offer()
                        .network());
    }

    @Test
    void a_buyer_without_budgets_is_limited_by_the_policy_alone() {
        BuyerConfig buyer = X402Config.parse("buyer: { policy: [ at most 0.05 USD per payment ] }", Map.of())
                .buyer();
        assertEquals(List.of(), buyer.budgets());
        buyer.payer(plugins, InMemoryBudgetLedger.builder(clock).build())
                .clock(clock)
                .build();
    }

    @Test
    void a_word_that_the_plugins_do_not_know_is_told_with_its_line() {
        BuyerConfig buyer = X402Config.parse(
                        "buyer:\n  policy:\n    - cheapest\n    - avoid moon\n    - only sulo\n", Map.of())
                .buyer();
        List<Problem> problems = assertThrows(
                        ConfigurationException.class,
                        () -> buyer.payer(
                                plugins, InMemoryBudgetLedger.builder(clock).build()))
                .problems();
        assertEquals(List.of(4, 5), problems.stream().map(Problem::line).toList(), problems::toString);
        assertTrue(problems.get(0).message().startsWith("buyer.policy: "), problems::toString);
    }

    @Test
    void the_seller_of_the_file_asks_what_the_seller_of_code_asks() throws IOException {
        WayToPay solo = WayToPay.by(new Kind("toy", Toy.SOLO))
                .price(Price.money("0.01", "USD"))
                .payTo("bob")
                .build();
        WayToPay duo = WayToPay.by(new Kind("toy", Toy.DUO))
                .price(Price.money("0.009", "USD"))
                .payTo("bob")
                .maxTimeoutSeconds(60)
                .build();
        for (String route : List.of("GET /report", "POST /film")) {
            PaymentGate.Builder code = PaymentGate.builder(plugins)
                    .route(PricedRoute.builder("GET /report")
                            .resource(described("Today's report"))
                            .way(solo)
                            .way(duo)
                            .build())
                    .route(PricedRoute.builder("POST /film")
                            .resource(described("A film, made for you"))
                            .flow(Flow.UPFRONT)
                            .way(solo)
                            .way(duo)
                            .build());
            assertEquals(challenge(code, route), challenge(example().seller().gate(plugins), route));
        }
    }

    @Test
    void every_word_about_a_way_to_pay_reaches_the_offer() {
        String yaml = """
                seller:
                  routes:
                    - id: r
                      mimeType: text/plain
                      serviceName: Shop
                      tags: [a, b]
                      iconUrl: https://shop.example/i.png
                      quoteFor: 1 min
                      ways:
                        - scheme: toy
                          network: "toy:solo"
                          asset: usdt
                          price: 7 atomic
                          payTo: bob
                          flow: authorization
                          maxTimeoutSeconds: 9
                          extra: { a: [1, 0.50, true, ~, "2"], b: { c: yes } }
                """;
        PaymentRequired required =
                challenge(X402Config.parse(yaml, Map.of()).seller().gate(plugins), "r");
        assertEquals(
                new ResourceInfo(
                        "https://shop.example/r",
                        null,
                        "text/plain",
                        "Shop",
                        List.of("a", "b"),
                        "https://shop.example/i.png",
                        Json.Obj.EMPTY),
                required.resource());
        PaymentRequirements offer = required.accepts().get(0);
        assertEquals(AtomicAmount.of(7), offer.amount());
        assertEquals(9, offer.maxTimeoutSeconds());
        assertEquals(
                Json.Obj.EMPTY
                        .with(
                                "a",
                                Json.array(
                                        Json.of(1),
                                        new Json.Num(new java.math.BigDecimal("0.50")),
                                        Json.of(true),
                                        Json.Null.NULL,
                                        Json.of("2")))
                        .with("b", Json.Obj.EMPTY.with("c", "yes")),
                offer.extraOrEmpty());
    }

    @Test
    void the_times_of_the_file_reach_the_facilitator() {
        String yaml = """
                seller:
                  verifyWithin: 3 s
                  settleWithin: 15 s
                  lease: 1 h
                  waitInFlight: 0 s
                  keepAtMost: 4096
                  refreshSupported: 10 min
                  routes:
                    - id: r
                      ways: [{ scheme: toy, network: "toy:solo", price: $0.01, payTo: bob }]
                """;
        PaymentGate gate = gate(X402Config.parse(yaml, Map.of()).seller().gate(plugins));
        ResourceRequest request = ResourceRequest.of("GET", "r", "/r", "https://shop.example/r");
        PaymentRequired required = ((Decision.Challenge) gate.decide(request)).required();
        Decision decision =
                gate.decide(request.withPayment(Toy.payment(required.accepts().get(0))));
        assertInstanceOf(
                Completion.Release.class,
                ((Decision.Admit) decision).admission().finish(Bytes.of(new byte[0])));
        assertEquals(List.of(clock.instant().plusSeconds(3)), yes.verifyBy);
        assertEquals(List.of(clock.instant().plusSeconds(15)), yes.settleBy);
    }

    @Test
    void a_route_waits_for_final_money_when_the_file_says_so() {
        String yaml = """
                seller:
                  watchEvery: 1 hour
                  routes:
                    - id: r
                      serveAt: final
                      trustUpTo: 0.01 USD
                      ways:
                        - { scheme: toy, network: "toy:solo", price: 0.01 USD, payTo: bob }
                        - { scheme: toy, network: "toy:duo", price: 0.02 USD, payTo: bob }
                """;
        ResourceRequest request = ResourceRequest.of("GET", "r", "/r", "https://shop.example/r");
        List<String> completions = new ArrayList<>();
        for (int way = 0; way < 2; way++) {
            PaymentGate gate = gate(X402Config.parse(yaml, Map.of()).seller().gate(plugins));
            PaymentRequired required = ((Decision.Challenge) gate.decide(request)).required();
            Decision decision = gate.decide(
                    request.withPayment(Toy.payment(required.accepts().get(way))));
            completions.add(((Decision.Admit) decision)
                    .admission()
                    .finish(Bytes.of(new byte[0]))
                    .getClass()
                    .getSimpleName());
        }
        assertEquals(List.of("Release", "RetryLater"), completions);
    }

    @Test
    void a_stage_that_is_none_is_told_with_its_place() {
        String yaml = """
                seller:
                  routes:
                    - id: r
                      serveAt: later
                      ways: [{ scheme: toy, network: "toy:solo", price: $0.01, payTo: bob, trustUpTo: much }]
                """;
        assertEquals(
                List.of(
                        "line 4, column 16: seller.routes[0].serveAt: expected seen, settled or final, saw \"later\"",
                        "line 5, column 87: seller.routes[0].ways[0].trustUpTo: price: expected an amount such as $0.01, 0.01 EUR,"
                                + " 0.01 units or 10000 atomic, saw \"much\""),
                refused(yaml, Map.of()));
    }

    @Test
    void the_facilitators_of_the_file_are_connected_by_the_application() throws IOException {
        FacilitatorsConfig facilitators = example().facilitators();
        List<String> seen = new ArrayList<>();
        FacilitatorRouter.Builder builder = facilitators.router(plugins, connection -> {
            seen.add(connection.name() + " "
                    + connection.url().map(Object::toString).orElse("here") + " "
                    + connection
                            .token()
                            .map(token -> token.use("Bearer "::concat))
                            .orElse("without"));
            return yes;
        });
        FacilitatorRouter router = builder.clock(clock)
                .random(new Random(1))
                .executor(Runnable::run)
                .build();
        router.supported(clock.instant().plusSeconds(1));
        assertEquals(List.of("cloud https://facilitator.example/x402 Bearer t0p-s3cret", "own here without"), seen);
        assertEquals(
                RoutingPolicy.order("own", "cloud")
                        .on(dev.x402.spec.NetworkPattern.parse("toy:duo"))
                        .then(RoutingPolicy.cheapest()),
                facilitators.policy());
        assertEquals(
                "own",
                router.explain(PaymentRequirements.of(
                                new Kind("toy", Toy.SOLO), AtomicAmount.of(10_000), "usdt", "bob", 300, Json.Obj.EMPTY))
                        .chosen()
                        .orElseThrow());
        router.close();
    }

    @Test
    void what_the_router_can_be_told_the_file_can_say() {
        String yaml = """
                facilitators:
                  refresh: 30 s
                  forget: 5 min
                  honour: 2 h
                  verifyWithin: 1 s
                  breaker: { failures: 2, of: 4, open: 3 s }
                  members: [{ name: a, concurrent: 8, doubted: true }, { name: b, doubted: false }]
                """;
        FacilitatorRouter router = X402Config.parse(yaml, Map.of())
                .facilitators()
                .router(plugins, connection -> yes)
                .clock(clock)
                .random(RandomGenerator.getDefault())
                .executor(Runnable::run)
                .build();
        assertEquals(2, router.supported(clock.instant().plusSeconds(1)).kinds().size());
        router.close();
    }

    @Test
    void every_problem_is_told_at_once_in_the_order_of_the_file() {
        String yaml = """
                buyer:
                  polcy: [cheapest]
                  budgets: [2 USD per fortnight]
                seller:
                  lease: 0 s
                  keepAtMost: many
                  routes:
                    - id: a
                      flow: later
                      ways:
                        - { scheme: toy, network: solo, price: 0.01, payto: bob }
                    - id: a
                      ways: none
                      prise: 1
                facilitators:
                  policy: [dearest]
                  breaker: { failures: 3, of: 2, open: 1 s }
                  members:
                    - { name: Cloud, url: ftp//x, token: abc, concurrent: 0, fee: much, only: [x] }
                    - { name: own, token: "${TOKEN}" }
                    - { name: own }
                extra: 1
                """;
        assertEquals("""
                line 2, column 3: buyer.policy: expected a list of rules such as prefer solana, saw none
                line 2, column 3: buyer: unknown key "polcy"; did you mean policy?
                line 3, column 13: buyer.budgets[0]: budget: expected task, payee, host or a time such as hour or 30 days after per, saw "fortnight"
                line 5, column 10: seller.lease: expected more than 0, saw "0 s"
                line 6, column 15: seller.keepAtMost: expected a number of 0 or more, saw "many"
                line 9, column 13: seller.routes[0].flow: expected authorization or upfront, saw "later"
                line 11, column 11: seller.routes[0].ways[0].payTo: expected an account or a role, saw none
                line 11, column 35: seller.routes[0].ways[0].network: expected CAIP-2 such as eip155:8453, saw "solo"
                line 11, column 48: seller.routes[0].ways[0].price: expected an amount such as $0.01, 0.01 EUR, 0.01 units or 10000 atomic, saw "0.01"
                line 11, column 54: seller.routes[0].ways[0]: unknown key "payto"; did you mean payTo?
                line 12, column 11: seller.routes[1].id: expected a name that no other route has, saw "a" again
                line 13, column 13: seller.routes[1].ways: expected a list, saw a text
                line 14, column 7: seller.routes[1]: unknown key "prise"; expected one of [description, flow, iconUrl, id, mimeType, quoteFor, serveAt, serviceName, tags, trustUpTo, ways]
                line 16, column 12: facilitators.policy[0]: expected order a, b or cheapest or fastest or healthiest, perhaps after on <network, family:* or network/asset>:, saw "dearest"
                line 17, column 24: facilitators.breaker.failures: expected at most 2, as many as calls, saw 3
                line 19, column 15: facilitators.members[0].name: expected 1 to 64 of a-z, 0-9 and -, saw "Cloud"
                line 19, column 27: facilitators.members[0].url: expected an address such as https://facilitator.example, without user and password
                line 19, column 42: facilitators.members[0].token: expected a reference such as ${NAME}, so that no secret stands in the file
                line 19, column 59: facilitators.members[0].concurrent: expected a number of 1 or more, saw "0"
                line 19, column 67: facilitators.members[0].fee: expected none, 0.001 USD, 0.5 % or 0.001 USD + 0.5 %, saw "much"
                line 19, column 80: facilitators.members[0].only[0]: network pattern: expected eip155:8453 or eip155:*, saw "x"
                line 20, column 27: facilitators.members[1].token: expected ${TOKEN} in the environment, saw an empty one; set it
                line 21, column 15: facilitators.members[2].name: expected a name that no other facilitator has, saw "own" again
                line 22, column 1: unknown key "extra"; expected one of [buyer, facilitators, seller]""", String.join("\n", refused(yaml, Map.of("TOKEN", " "))));
    }

    @Test
    void a_section_that_is_not_there_is_told_when_it_is_asked_for() {
        X402Config config = X402Config.parse("buyer: { policy: [ cheapest ] }", Map.of());
        assertEquals(
                "1 problem of the configuration:\n" + "- seller: expected this section in the file, saw none; add it",
                assertThrows(ConfigurationException.class, config::seller).getMessage());
    }

    @Test
    void what_came_from_the_environment_is_printed_nowhere() throws IOException {
        X402Config config = example();
        String printed = config + " " + config.buyer() + config.seller() + config.facilitators()
                + config.facilitators().connections()
                + config.facilitators().connections().get(0).token();
        assertFalse(printed.contains("t0p") || printed.contains("bob"), printed);
        assertEquals(
                "configuration of [buyer, seller, facilitators] buyer with 4 rules and 2 budgetsseller with 2 routes"
                        + "2 facilitators[connection to cloud, connection to own]Optional[secret]",
                printed);
    }

    @Test
    void a_value_of_the_environment_that_is_wrong_is_not_shown() {
        String yaml = """
                seller: { routes: [], quotes: { keys: [ "${KEY}" ] } }
                facilitators: { members: [ { name: a, url: "${URL}" }, { name: b, url: "https://${HOST}/" } ] }
                """;
        assertEquals(
                List.of(
                        "line 1, column 39: seller.quotes.keys: expected 32 bytes or more in base64 in each, saw something else",
                        "line 2, column 44: facilitators.members[0].url: expected an address such as"
                                + " https://facilitator.example, without user and password",
                        "line 2, column 72: facilitators.members[1].url: expected an address such as"
                                + " https://facilitator.example, without user and password"),
                refused(yaml, Map.of("KEY", "hunter2", "URL", "https://me:hunter2@x.example/", "HOST", "hunter2 x")));
    }

    @Test
    void a_reference_is_put_in_once_and_only_where_it_may_stand() {
        String yaml = """
                buyer: { policy: [ "only ${ASSET}" ], budgets: [ "${B} USD per day" ] }
                seller:
                  routes:
                    - id: ${ID}
                      ways: [{ scheme: toy, network: "toy:solo", price: "${P} USD", payTo: "${A", extra: { x: "${X}" } }]
                facilitators: { members: [ { name: a, url: "https://${}/", token: "Bearer ${T}" } ] }
                """;
        assertEquals(
                """
                line 1, column 20: buyer.policy[0]: expected the value itself, saw a reference to the environment; write it here
                line 1, column 50: buyer.budgets[0]: expected the value itself, saw a reference to the environment; write it here
                line 4, column 11: seller.routes[0].id: expected the value itself, saw a reference to the environment; write it here
                line 5, column 57: seller.routes[0].ways[0].price: expected the value itself, saw a reference to the environment; write it here
                line 5, column 76: seller.routes[0].ways[0].payTo: expected a reference such as ${NAME}, saw one without a name or an end
                line 5, column 95: seller.routes[0].ways[0].extra.x: expected the value itself, saw a reference to the environment; write it here
                line 6, column 44: facilitators.members[0].url: expected a reference such as ${NAME}, saw one without a name or an end
                line 6, column 67: facilitators.members[0].token: expected a reference such as ${NAME}, so that no secret stands in the file""",
                String.join(
                        "\n", refused(yaml, Map.of("ASSET", "x", "B", "1", "ID", "r", "P", "1", "X", "x", "T", "t"))));
    }

    @Test
    void what_a_value_holds_is_no_reference_again() {
        X402Config config = X402Config.parse(
                "seller: { routes: [{ id: r, ways: [{ scheme: toy, network: 'toy:solo', price: $1, payTo: '${A}' }] }] }",
                Map.of("A", "${B}", "B", "never"));
        assertEquals(
                "${B}",
                challenge(config.seller().gate(plugins), "r").accepts().get(0).payTo());
    }

    @Test
    void reading_again_gives_another_one(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("x402.yaml");
        Files.writeString(file, "buyer: { policy: [ prefer solo ] }");
        X402Config before = X402Config.read(file, Map.of());
        Files.writeString(file, "buyer: { policy: [ prefer duo ] }");
        X402Config after = X402Config.read(file, Map.of());
        assertEquals(BuyerPolicy.parse("prefer solo"), before.buyer().policy());
        assertEquals(BuyerPolicy.parse("prefer duo"), after.buyer().policy());
    }

    @Test
    void bytes_that_are_no_utf8_are_refused(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("x402.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});
        assertEquals(
                "1 problem of the configuration:\n- file: expected UTF-8, saw bytes that are none",
                assertThrows(ConfigurationException.class, () -> X402Config.read(file, Map.of()))
                        .getMessage());
    }

    @Test
    void a_file_of_more_than_a_mebibyte_is_not_read_to_its_end(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("x402.yaml"), new byte[1024 * 1024 + 1]);
        assertEquals(
                "1 problem of the configuration:\n- file: expected at most 1048576 bytes, saw more; split it",
                assertThrows(ConfigurationException.class, () -> X402Config.read(file, Map.of()))
                        .getMessage());
    }

    @Test
    void no_change_of_the_example_makes_anything_else_than_a_configuration_or_a_refusal() throws IOException {
        String valid = Files.readString(file());
        String pieces = "[]{}:,-?&*!|>'\"%@`#\n\t ~a0$\\";
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(valid);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, pieces.charAt(random.nextInt(pieces.length())));
                    case 1 -> text.insert(at, pieces.charAt(random.nextInt(pieces.length())));
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
                }
            }
            try {
                X402Config.parse(text.toString(), ENVIRONMENT);
            } catch (ConfigurationException e) {
                assertFalse(e.getMessage().contains("t0p-s3cret"), () -> text.toString());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static List<String> refused(String yaml, Map<String, String> environment) {
        return assertThrows(ConfigurationException.class, () -> X402Config.parse(yaml, environment)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static ResourceInfo described(String description) {
        return new ResourceInfo("", description, null, null, null, null, Json.Obj.EMPTY);
    }

    private PaymentGate gate(PaymentGate.Builder builder) {
        Facilitator facilitator = yes;
        return builder.facilitator(facilitator)
                .claims(InMemoryClaimStore.builder(clock).build())
                .clock(clock)
                .pause(length -> {})
                .build();
    }

    private PaymentRequired challenge(PaymentGate.Builder builder, String route) {
        Decision decision = gate(builder).decide(ResourceRequest.of("GET", route, "/r", "https://shop.example/r"));
        return assertInstanceOf(Decision.Challenge.class, decision).required();
    }
}
