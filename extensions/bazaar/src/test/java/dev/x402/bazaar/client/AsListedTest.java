package dev.x402.bazaar.client;

import static dev.x402.bazaar.catalogue.Coins.DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.SIDE_DOLLAR;
import static dev.x402.bazaar.catalogue.Coins.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.bazaar.catalogue.Coins;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Candidate;
import dev.x402.core.payer.Choice;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.plugins.Plugins;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsListedTest {
    private static final String URL = "https://shop.example/weather";
    private final Plugins plugins = Coins.plugins();

    private Choice choose(PaymentRequirements... asked) {
        Service listed = new Service(
                URI.create(URL),
                "GET",
                offer(DOLLAR, 5_000, "Alice"),
                plugins.asset(DOLLAR).orElseThrow(),
                "",
                "");
        BuyerPolicy own = BuyerPolicy.parse("at most 0.01 USD per payment");
        List<Candidate> candidates = List.of(asked).stream()
                .map(each -> new Candidate(
                        each,
                        new AssetId(each.network(), each.asset()),
                        plugins.asset(each.assetId()),
                        plugins.network(each.network())))
                .toList();
        PaymentRequired challenge =
                new PaymentRequired("", ResourceInfo.of(URL), List.of(asked), Json.Obj.EMPTY, Json.Obj.EMPTY);
        return new AsListed(listed, plugins, own.with(plugins)).choose(URL, challenge, candidates);
    }

    private List<PaymentRequirements> preferred(PaymentRequirements... asked) {
        return choose(asked).preferred().stream().map(Candidate::offer).toList();
    }

    @Test
    void what_was_listed_is_judged_by_the_payer_s_own_policy() {
        PaymentRequirements same = offer(DOLLAR, 5_000, "alice");
        assertEquals(List.of(same), preferred(same));
    }

    @Test
    void less_than_was_listed_is_fine() {
        PaymentRequirements less = offer(DOLLAR, 4_999, "ALICE");
        assertEquals(List.of(less), preferred(less));
    }

    @Test
    void more_another_payee_another_asset_or_another_scheme_is_not_what_was_listed() {
        assertEquals(
                List.of(),
                preferred(
                        offer(DOLLAR, 5_001, "alice"),
                        offer(DOLLAR, 1, "mallory"),
                        offer(SIDE_DOLLAR, 1, "alice"),
                        PaymentRequirements.of(
                                new Kind("upto", Coins.MAIN),
                                AtomicAmount.of(1),
                                "dollar",
                                "alice",
                                60,
                                Json.Obj.EMPTY)));
    }

    @Test
    void says_why_an_offer_is_refused() {
        Choice choice = choose(offer(DOLLAR, 5_001, "alice"), offer(DOLLAR, 1, "alice"));
        Candidate dearer = new Candidate(
                offer(DOLLAR, 5_001, "alice"), DOLLAR, plugins.asset(DOLLAR), plugins.network(Coins.MAIN));
        assertEquals("it is not what was listed: 5000 at most, by exact, to the listed payee", choice.why(dearer));
    }
}
