package dev.x402.quickstart;

import com.google.auto.service.AutoService;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.WayToPay;
import dev.x402.scheme.exact.evm.EvmFacilitatorConfig;
import dev.x402.scheme.exact.evm.EvmRpc;
import dev.x402.scheme.exact.evm.EvmSettlementPolicy;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.HttpEvmRpc;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.scheme.exact.svm.HttpSvmRpc;
import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmFacilitatorConfig;
import dev.x402.scheme.exact.svm.SvmRpc;
import dev.x402.scheme.exact.svm.SvmSettlementPolicy;
import dev.x402.scheme.exact.svm.SvmSigner;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;

/** The same handler offered on an EVM chain and on Solana, and a buyer with two keys who prefers Solana. */
@AutoService(Scene.class)
public final class PaidOnSolana implements Scene {
    private static final Network BASE_SEPOLIA = Network.parse("eip155:84532");
    private static final String PRICE = "0.01";
    private static final BigInteger ATOMIC_PRICE = BigInteger.valueOf(10_000);

    @Override
    public int order() {
        return 200;
    }

    @Override
    public String title() {
        return "the same report is offered on two kinds of chain, and a buyer who prefers Solana pays there";
    }

    @Override
    public String play(Story story) throws Exception {
        Clock clock = Clock.systemUTC();
        try (EvmNode base = EvmNode.start(Long.parseLong(BASE_SEPOLIA.reference()));
                SvmNode solana = SvmNode.start();
                LocalFacilitator facilitator = new LocalFacilitator(settling(base, solana, clock), clock);
                Plugins wallet = wallet(solana, clock);
                WeatherSeller seller = new WeatherSeller(ways(solana), facilitator.uri(), clock)) {
            story.tell("two local chains run: %s and %s".formatted(base.network(), solana.network()));
            story.tell("one facilitator settles on both, at %s".formatted(facilitator.uri()));
            story.tell("the seller answers at %s".formatted(seller.weather()));
            return buy(story, solana, seller, wallet, clock);
        }
    }

    private static String buy(Story story, SvmNode solana, WeatherSeller seller, Plugins wallet, Clock clock)
            throws IOException, InterruptedException {
        String payer = SvmAccounts.payer().address();
        String payee = SvmAccounts.PAYEE.address();
        BigInteger payerHad = solana.usdc().balance(payer);
        BigInteger payeeHad = solana.usdc().balance(payee);
        story.tell("before: the payer has %s, the payee %s".formatted(dollars(payerHad), dollars(payeeHad)));
        BuyerPolicy policy = BuyerPolicy.parse(
                "prefer solana", "avoid mainnet", "only USDC", "at most " + PRICE + " USD per payment", "cheapest");
        SettleResponse receipt = Purchase.of(seller.weather(), wallet, policy, story, clock);
        BigInteger payerHas = solana.usdc().balance(payer);
        BigInteger payeeHas = solana.usdc().balance(payee);
        story.tell("after: the payer has %s, the payee %s; the facilitator paid the fee"
                .formatted(dollars(payerHas), dollars(payeeHas)));
        boolean landed = solana.chain()
                .status(receipt.transaction())
                .filter(status -> status.succeeded())
                .isPresent();
        if (!landed
                || !payerHas.equals(payerHad.subtract(ATOMIC_PRICE))
                || !payeeHas.equals(payeeHad.add(ATOMIC_PRICE))) {
            throw new IllegalStateException(
                    "expected the chain to show that " + PRICE + " moved once, saw " + payerHas + " and " + payeeHas);
        }
        return "verdict: 2 chains offered, 1 request, 1 transaction, %s USDC moved on Solana in %d ms"
                .formatted(PRICE, story.elapsed().toMillis());
    }

    private static String dollars(BigInteger atomic) {
        return new BigDecimal(atomic, 6).toPlainString() + " USDC";
    }

    private static List<WayToPay> ways(SvmNode solana) {
        return List.of(
                way(BASE_SEPOLIA, TestDollar.ADDRESS, DevAccounts.PAYEE.address()),
                way(Network.parse(solana.network()), solana.usdc().address(), SvmAccounts.PAYEE.address()));
    }

    private static WayToPay way(Network network, String token, String payTo) {
        return WayToPay.by(new Kind("exact", network))
                .asset(token)
                .price(Price.money(PRICE, "USD"))
                .payTo(payTo)
                .maxTimeoutSeconds(60)
                .build();
    }

    /** A key for each kind of chain; a node, for a blockhash that Solana still takes. */
    private static Plugins wallet(SvmNode solana, Clock clock) {
        return Plugins.builder()
                .discover()
                .port(EvmSigner.class, LocalEvmSigner.parse(DevAccounts.payer().privateKey()))
                .port(SvmSigner.class, LocalSvmSigner.parse(SvmAccounts.payer().secretKey()))
                .port(SvmRpc.class, rpc(solana, clock))
                .clock(clock)
                .build();
    }

    private static Plugins settling(EvmNode base, SvmNode solana, Clock clock) {
        EvmSettlementPolicy onBase = EvmSettlementPolicy.of(
                        BASE_SEPOLIA,
                        LocalEvmSigner.parse(DevAccounts.facilitator().privateKey()))
                .withConfirmations(1);
        SvmSettlementPolicy onSolana = SvmSettlementPolicy.of(
                Network.parse(solana.network()),
                LocalSvmSigner.parse(SvmAccounts.feePayer().secretKey()));
        return Plugins.builder()
                .discover()
                .port(
                        EvmRpc.class,
                        HttpEvmRpc.builder(clock).node(BASE_SEPOLIA, base.uri()).build())
                .port(EvmFacilitatorConfig.class, EvmFacilitatorConfig.of(onBase))
                .port(SvmRpc.class, rpc(solana, clock))
                .port(SvmFacilitatorConfig.class, SvmFacilitatorConfig.of(onSolana))
                .clock(clock)
                .build();
    }

    private static SvmRpc rpc(SvmNode solana, Clock clock) {
        return HttpSvmRpc.builder(clock)
                .node(Network.parse(solana.network()), solana.uri())
                .build();
    }
}
