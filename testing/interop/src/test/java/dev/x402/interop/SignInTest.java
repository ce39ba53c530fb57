package dev.x402.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.interop.Market.Balances;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.siwx.PayerSessions;
import dev.x402.spec.Network;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who paid comes back by signing in, with either client at the other's server. */
@ExtendWith(MarketExtension.class)
final class SignInTest {
    @Test
    void their_client_pays_our_server_once_and_then_signs_in(Market market) throws Exception {
        try (Storefront ours = new Storefront(
                Network.parse(market.node().network()),
                DevAccounts.PAYEE.address(),
                market.link(Side.OURS).uri())) {
            URI resource = ours.uri().resolve("/session");
            Balances before = market.balances();

            Answer paid = market.theirClient().signingIn(resource);
            Answer back = market.theirClient().signingIn(resource);

            assertEquals(200, paid.status(), paid.body());
            assertTrue(paid.receipt().isPresent());
            assertEquals(200, back.status(), back.body());
            assertEquals("sold 2", back.body());
            assertTrue(back.payment().isEmpty());
            assertEquals(before.paidBy(Side.THEIRS, 1), market.balances());
        }
    }

    @Test
    void our_client_pays_their_server_once_and_then_signs_in(Market market) throws Exception {
        Clock clock = Clock.systemUTC();
        try (Program theirs = Program.start(
                        "extended.mjs",
                        market.server(market.link(Side.THEIRS).uri().toString()));
                Plugins plugins = Plugins.builder()
                        .discover()
                        .port(
                                EvmSigner.class,
                                LocalEvmSigner.parse(DevAccounts.PAYERS.get(0).privateKey()))
                        .port(PayerSessions.class, PayerSessions.inMemory())
                        .clock(clock)
                        .build()) {
            PayingClient client = PayingClient.builder(
                            Payer.builder(plugins)
                                    .offers(BuyerPolicy.parse("at most 1 USD per payment", "cheapest")
                                            .with(plugins))
                                    .spend(SpendPolicies.perPayment())
                                    .clock(clock)
                                    .build(),
                            clock)
                    .build();
            HttpRequest request =
                    HttpRequest.newBuilder(theirs.uri().resolve("/session")).build();
            Balances before = market.balances();

            Outcome<String> first = client.send(request, BodyHandlers.ofString());
            Outcome<String> second = client.send(request, BodyHandlers.ofString());

            assertInstanceOf(Outcome.Paid.class, first, first::toString);
            Outcome.Free<?> back = assertInstanceOf(Outcome.Free.class, second, second::toString);
            assertEquals(200, back.response().statusCode());
            assertTrue(String.valueOf(back.response().body()).contains("\"paid\":false"));
            assertEquals(before.paidBy(Side.OURS, 1), market.balances());
        }
    }
}
