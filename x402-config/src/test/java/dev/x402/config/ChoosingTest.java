package dev.x402.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.Pause;
import dev.x402.core.payer.InMemoryBudgetLedger;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.Purchase;
import dev.x402.core.router.FacilitatorRouter;
import dev.x402.core.seller.Decision;
import dev.x402.core.seller.InMemoryClaimStore;
import dev.x402.core.seller.PaymentGate;
import dev.x402.core.seller.ResourceRequest;
import dev.x402.spi.BudgetLedger;
import dev.x402.spi.ClaimStore;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the page about choosing shows of the file. */
final class ChoosingTest {
    @Test
    void one_file_makes_buyer_seller_and_router() throws IOException, URISyntaxException {
        Path file = Path.of(ChoosingTest.class.getResource("x402.yaml").toURI());
        Map<String, String> environment = Map.of("PAY_TO", "bob", "CLOUD_TOKEN", "secret");
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        RandomGenerator random = new Random(1);
        Executor threads = Runnable::run;
        BudgetLedger ledger = InMemoryBudgetLedger.builder(clock).build();
        ClaimStore claims = InMemoryClaimStore.builder(clock).build();
        Pause pause = length -> {};
        Function<Connection, Facilitator> connect = connection -> new Toy.Yes();
        try (Plugins plugins = Toy.plugins(clock)) {
            // snippet: file
            X402Config config = X402Config.read(file, environment);
            Payer payer = config.buyer().payer(plugins, ledger).clock(clock).build();
            FacilitatorRouter router = config.facilitators()
                    .router(plugins, connect) // name, url and token → Facilitator
                    .clock(clock)
                    .random(random)
                    .executor(threads)
                    .build();
            PaymentGate gate = config.seller()
                    .gate(plugins)
                    .facilitator(router)
                    .claims(claims)
                    .clock(clock)
                    .pause(pause)
                    .build();
            // end: file
            Decision asked =
                    gate.decide(ResourceRequest.of("GET", "GET /report", "/report", "https://shop.example/report"));
            Purchase purchase = payer.intent("https://shop.example/report")
                    .pay(
                            assertInstanceOf(Decision.Challenge.class, asked).required(),
                            clock.instant().plusSeconds(10));
            assertInstanceOf(Purchase.Paid.class, purchase);
            router.close();
        }
    }

    @Test
    void the_problems_on_the_page_are_those_that_are_told() throws IOException {
        String yaml = """
                buyer:
                  polcy: [cheapest]
                facilitators:
                  members:
                    - name: cloud
                      url: https://${CLOUD}/
                      token: s3cret
                """;
        assertEquals(
                page("problems.txt"),
                assertThrows(ConfigurationException.class, () -> X402Config.parse(yaml, Map.of()))
                        .getMessage());
    }

    private static String page(String name) throws IOException {
        try (InputStream in = ChoosingTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        }
    }
}
