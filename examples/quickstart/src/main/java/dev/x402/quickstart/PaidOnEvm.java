package dev.x402.quickstart;

import com.google.auto.service.AutoService;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.WayToPay;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Asset;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A buyer, a seller and a facilitator over real HTTP, and two EVM chains to pay on.
 *
 * <p>{@code -Dquickstart.token=USDC} names the token to pay with; any that a plugin on the class path knows, the first of
 * each chain unless said.
 */
@AutoService(Scene.class)
public final class PaidOnEvm implements Scene {
    private static final Network BASE_SEPOLIA = Network.parse("eip155:84532");
    private static final Network ARBITRUM_SEPOLIA = Network.parse("eip155:421614");
    private static final List<Network> NETWORKS = List.of(ARBITRUM_SEPOLIA, BASE_SEPOLIA);
    private static final String PRICE = "0.01";
    private static final String TOKEN = "quickstart.token";

    @Override
    public int order() {
        return 100;
    }

    @Override
    public String title() {
        return "a report on the weather is paid with a digital dollar on an EVM chain";
    }

    @Override
    public String play(Story story) throws Exception {
        Clock clock = Clock.systemUTC();
        try (EvmNode base = start(BASE_SEPOLIA);
                EvmNode arbitrum = start(ARBITRUM_SEPOLIA);
                LocalFacilitator facilitator = EvmFacilitator.on(List.of(base, arbitrum), clock);
                Plugins plugins = wallet(clock);
                WeatherSeller seller = new WeatherSeller(ways(plugins), facilitator.uri(), clock)) {
            story.tell("two local chains run: %s and %s".formatted(base.network(), arbitrum.network()));
            story.tell("the facilitator answers at %s".formatted(facilitator.uri()));
            story.tell("the seller answers at %s".formatted(seller.weather()));
            return buy(story, base, seller, plugins, clock);
        }
    }

    private static String buy(Story story, EvmNode node, WeatherSeller seller, Plugins plugins, Clock clock)
            throws IOException, InterruptedException {
        Asset dollar = known(plugins);
        TestDollar contract = contract(node, dollar);
        Balances before = Balances.of(contract);
        story.tell("before: the payer has %s, the payee %s".formatted(before.payer(dollar), before.payee(dollar)));

        SettleResponse receipt = Purchase.of(seller.weather(), plugins, preference(dollar), story, clock);

        Balances after = Balances.of(contract);
        story.tell("after: the payer has %s, the payee %s".formatted(after.payer(dollar), after.payee(dollar)));
        BigInteger price = dollar.toAtomic(new BigDecimal(PRICE)).value();
        if (!after.equals(before.moved(price))
                || !node.chain().awaitReceipt(receipt.transaction()).succeeded()) {
            throw new IllegalStateException("expected the chain to show that " + PRICE + " moved once, saw " + after);
        }
        return "verdict: 1 request, 1 transaction, %s %s moved from payer to payee in %d ms"
                .formatted(PRICE, dollar.symbol(), story.elapsed().toMillis());
    }

    private static EvmNode start(Network network) {
        return EvmNode.start(Long.parseLong(network.reference()));
    }

    private static List<WayToPay> ways(Plugins plugins) {
        known(plugins);
        return NETWORKS.stream()
                .flatMap(network -> token(plugins, network).stream())
                .map(PaidOnEvm::way)
                .toList();
    }

    private static WayToPay way(Asset token) {
        return WayToPay.by(new Kind("exact", token.id().network()))
                .asset(token.id().reference())
                .price(Price.money(PRICE, "USD"))
                .payTo(DevAccounts.PAYEE.address())
                .maxTimeoutSeconds(60)
                .build();
    }

    private static Asset known(Plugins plugins) {
        return token(plugins, BASE_SEPOLIA)
                .orElseThrow(() -> new IllegalStateException(
                        TOKEN + ": expected a token of " + BASE_SEPOLIA + ", saw " + System.getProperty(TOKEN)
                                + "; put a jar with an AssetSource that names it on the class path"));
    }

    private static Optional<Asset> token(Plugins plugins, Network network) {
        String symbol = System.getProperty(TOKEN);
        return plugins.assets(network).stream()
                .filter(asset -> symbol == null || asset.symbol().equals(symbol))
                .findFirst();
    }

    private static TestDollar contract(EvmNode node, Asset token) {
        String address = token.id().reference();
        return address.equalsIgnoreCase(TestDollar.ADDRESS) ? node.dollar() : node.dollarAt(address);
    }

    private static Plugins wallet(Clock clock) {
        return Plugins.builder()
                .discover()
                .port(EvmSigner.class, LocalEvmSigner.parse(DevAccounts.payer().privateKey()))
                .clock(clock)
                .build();
    }

    /** Play money only, Base Sepolia before every other network, and a cent at most. */
    private static BuyerPolicy preference(Asset token) {
        return BuyerPolicy.parse(
                "prefer Base Sepolia",
                "avoid mainnet",
                "only " + token.symbol(),
                "at most " + PRICE + " USD per payment",
                "cheapest");
    }

    private record Balances(BigInteger payer, BigInteger payee) {
        static Balances of(TestDollar token) {
            return new Balances(
                    token.balance(DevAccounts.payer().address()), token.balance(DevAccounts.PAYEE.address()));
        }

        Balances moved(BigInteger amount) {
            return new Balances(payer.subtract(amount), payee.add(amount));
        }

        String payer(Asset asset) {
            return asset.toUnits(new AtomicAmount(payer)) + " " + asset.symbol();
        }

        String payee(Asset asset) {
            return asset.toUnits(new AtomicAmount(payee)) + " " + asset.symbol();
        }
    }
}
