package dev.x402.fuzz;

import dev.x402.core.payer.Budget;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.PolicyConfigurationException;
import dev.x402.core.router.Fee;
import dev.x402.core.router.RoutingPolicy;
import dev.x402.core.seller.WayToPay;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Prices, fees, budgets and policies as people write them. */
public final class MoneyFuzz {
    private MoneyFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = Decoding.text(data);
        refusedOr(text, price -> WayToPay.by(Seller.KIND).price(price));
        readAgain(text, Fee::parse);
        readAgain(text, Budget::parse);
        refusedOr(text, rule -> RoutingPolicy.parse(List.of(rule)));
        try {
            BuyerPolicy policy = BuyerPolicy.parse(text);
            Decoding.same(
                    policy.toString(), BuyerPolicy.parse(policy.toString()).toString());
        } catch (PolicyConfigurationException refusal) {
            Decoding.same(false, refusal.problems().isEmpty());
        }
    }

    private static void readAgain(String text, Function<String, ?> parse) {
        refusedOr(
                text,
                seen -> Decoding.same(
                        parse.apply(seen), parse.apply(parse.apply(seen).toString())));
    }

    private static void refusedOr(String text, Consumer<String> read) {
        try {
            read.accept(text);
        } catch (IllegalArgumentException refusal) {
            Decoding.readable(refusal);
        }
    }
}
