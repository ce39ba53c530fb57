package dev.x402.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.TestDollar;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentTest {
    @Test
    void of_three_services_the_agent_pays_only_the_one_that_keeps_its_price_and_fits_the_budget() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Clock clock = Clock.systemUTC();
        try (Market market = Market.open(clock)) {
            TestDollar dollar = market.dollar();
            BigInteger payer = dollar.balance(DevAccounts.payer().address());
            BigInteger payee = dollar.balance(DevAccounts.PAYEE.address());
            BigInteger stranger = dollar.balance(DevAccounts.STRANGER.address());

            new Agent(new PrintStream(printed, true, StandardCharsets.UTF_8), clock).shop(market.catalogue());

            BigInteger price = BigInteger.valueOf(8_000);
            String told = printed.toString(StandardCharsets.UTF_8);
            assertEquals(
                    payer.subtract(price), dollar.balance(DevAccounts.payer().address()), told);
            assertEquals(payee.add(price), dollar.balance(DevAccounts.PAYEE.address()), told);
            assertEquals(stranger, dollar.balance(DevAccounts.STRANGER.address()), told);
            assertEquals(
                    List.of(
                            "/lure, listed at 0.001000 USDC: not paid, no offer may be paid: it is not what was listed:"
                                    + " 1000 at most, by exact, to the listed payee",
                            "/fair, listed at 0.008000 USDC: paid, and got clear, 21 degrees",
                            "/gold, listed at 0.020000 USDC: not paid, no offer may be paid: 0.01 USD in all: 0.008 is"
                                    + " taken, 0.02 is asked"),
                    told.lines().toList());
        }
    }
}
