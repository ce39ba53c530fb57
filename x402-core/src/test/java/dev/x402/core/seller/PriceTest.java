package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Coin;
import dev.x402.spec.AtomicAmount;
import dev.x402.spi.Bytes;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a price is written, and what it comes to. */
class PriceTest {
    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> Price.parse(text))
                .getMessage();
    }

    private static AtomicAmount asked(WayToPay.Builder way) {
        try (Shop shop = new Shop(gate -> gate.route(PricedRoute.of("report", way.build())))) {
            return ((Decision.Challenge) shop.gate.decide(Shop.request()))
                    .required()
                    .accepts()
                    .get(0)
                    .amount();
        }
    }

    private static List<String> problems(WayToPay... ways) {
        return assertThrows(
                        GateConfigurationException.class,
                        () -> new Shop(gate -> gate.route(PricedRoute.of("report", ways))))
                .problems();
    }

    @Test
    void the_sign_of_the_dollar_is_the_only_one() {
        assertEquals(Price.money("0.01", "USD"), Price.parse("$0.01"));
    }

    @Test
    void every_other_currency_is_written_by_its_code() {
        assertEquals(Price.money("0.01", "EUR"), Price.parse("0.01 EUR"));
    }

    @Test
    void units_of_the_asset_and_its_smallest_unit_are_written_as_such() {
        assertEquals(Price.units("0.01"), Price.parse("0.01 units"));
        assertEquals(Price.atomic(10_000), Price.parse("10000 atomic"));
    }

    @Test
    void what_a_price_prints_is_read_as_the_same_price() {
        for (Price price : List.of(
                Price.money("0.10", "EUR"),
                Price.units(new BigDecimal("1E+3").setScale(0)),
                Price.atomic(7),
                Price.money("0." + "0".repeat(35) + "1", "USD"))) {
            assertEquals(price, Price.parse(price.toString()));
        }
    }

    @Test
    void refuses_what_is_no_price() {
        for (String text : List.of(
                "",
                "1",
                "$",
                "$ 1",
                "$-1",
                "-1 USD",
                "+1 USD",
                "1,5 EUR",
                "1.000,00 EUR",
                "1abc",
                "1 abc",
                "1 usd",
                "$1 USD",
                "$1e1000000000",
                "1e3 USD",
                "NaN",
                "Infinity",
                "$NaN",
                ".5 USD",
                "5. USD",
                "0x10 USD",
                "1  USD",
                " 1 USD",
                "1 USD ",
                "1\tUSD",
                "USD 1",
                "1.5 atomic",
                "01 atomic",
                "-5 atomic",
                "1 USDC",
                "$1_000",
                "1/3 USD")) {
            String shown = text.replace("\t", "\\u0009");
            assertEquals(
                    "price: expected an amount such as $0.01, 0.01 EUR, 0.01 units or 10000 atomic, saw \"" + shown
                            + "\"",
                    refusal(text));
        }
    }

    @Test
    void refuses_the_sign_of_another_currency_and_digits_of_another_script() {
        assertEquals(
                "price: expected an amount such as $0.01, 0.01 EUR, 0.01 units or 10000 atomic, saw \"\\u20ac1\"",
                refusal("€1"));
        assertEquals(
                "price: expected an amount such as $0.01, 0.01 EUR, 0.01 units or 10000 atomic, saw \"$\\u0661\"",
                refusal("$١"));
    }

    @Test
    void refuses_a_text_longer_than_any_price_before_it_is_read() {
        assertEquals(
                "price: expected an amount such as $0.01, 0.01 EUR, 0.01 units or 10000 atomic, saw \"$"
                        + "9".repeat(63) + "…\"",
                refusal("$" + "9".repeat(1_000_000)));
    }

    @Test
    void a_number_alone_is_plain_digits() {
        for (String text : List.of("1,5", "$1", "-1", "1e9", "", ".5", "NaN", "1e1000000000")) {
            assertEquals(
                    "price: expected digits such as 0.01, saw \"" + text + "\"",
                    assertThrows(IllegalArgumentException.class, () -> Price.units(text))
                            .getMessage());
        }
    }

    @Test
    void a_huge_exponent_is_refused_before_it_is_calculated_with() {
        assertEquals(
                "price: expected 0 or more with at most 36 decimals, saw a number of 1 digits, scale -1000000000"
                        + " and sign 1",
                assertThrows(IllegalArgumentException.class, () -> Price.units(new BigDecimal("1e1000000000")))
                        .getMessage());
    }

    @Test
    void a_currency_is_three_capital_letters() {
        for (String currency : List.of("", "usd", "US", "USDC", "$", "ＵＳＤ")) {
            assertEquals(
                    "currency: expected an ISO 4217 code such as USD, saw " + Shown.of(currency),
                    assertThrows(IllegalArgumentException.class, () -> Price.money("1", currency))
                            .getMessage());
        }
    }

    @Test
    void a_price_is_exact() {
        assertEquals(AtomicAmount.of(4_020_000), asked(Shop.way().price("$4.02")));
    }

    @Test
    void a_sum_of_prices_is_exact() {
        BigDecimal sum = new BigDecimal("0.1").add(new BigDecimal("0.2"));
        assertEquals(AtomicAmount.of(300_000), asked(Shop.way().price(Price.money(sum, "USD"))));
    }

    /** 0.1 + 0.2 in binary is 0.3000000000000000444…: no price, and not rounded to one. */
    @Test
    @SuppressWarnings("BigDecimalLiteralDouble") // the mistake under test
    void a_sum_in_binary_is_refused() {
        assertEquals(
                "price: expected 0 or more with at most 36 decimals, saw a number of 52 digits, scale 52 and sign 1",
                assertThrows(IllegalArgumentException.class, () -> Price.money(new BigDecimal(0.1 + 0.2), "USD"))
                        .getMessage());
    }

    @Test
    void a_price_below_the_smallest_unit_is_found_when_the_gate_is_built() {
        assertEquals(
                List.of("route report, coin on coin:main: price 0.0000001 USD: amount of GOLD: expected at most 6"
                        + " decimals, saw 7"),
                problems(Shop.way().price("$0.0000001").build()));
    }

    @Test
    void a_price_in_another_currency_is_found_when_the_gate_is_built() {
        assertEquals(
                List.of("route report, coin on coin:main: price 1 EUR: asset coin:main/gold stands for USD; choose"
                        + " another asset or a price in units"),
                problems(Shop.way().price("1 EUR").build()));
    }

    @Test
    void a_price_that_nobody_can_read_is_found_with_everything_else() {
        assertEquals(
                List.of(
                        "route report, coin on coin:main: payTo: expected an account of coin:main, saw \"b?b\"",
                        "route report, coin on coin:main: price: expected an amount such as $0.01, 0.01 EUR, 0.01 units"
                                + " or 10000 atomic, saw \"1,5\""),
                problems(Shop.way().price("1,5").payTo("b?b").build()));
    }

    @Test
    void a_price_of_nothing_is_found_when_the_gate_is_built() {
        assertEquals(
                List.of("route report, coin on coin:main: price 0 USD: expected more than 0"),
                problems(Shop.way().price("$0").build()));
    }

    @Test
    void an_asset_is_found_by_its_symbol_where_the_rail_has_no_such_name() {
        try (Shop shop = new Shop(gate -> gate.route(PricedRoute.of(
                "report",
                WayToPay.by(Coin.ON_MAIN)
                        .price("2 EUR")
                        .asset("SILVER")
                        .payTo("bob")
                        .build())))) {
            assertEquals(
                    "silver",
                    ((Decision.Challenge) shop.gate.decide(Shop.request()))
                            .required()
                            .accepts()
                            .get(0)
                            .asset());
        }
    }

    @Test
    void keys_never_print_themselves() {
        assertEquals("1 quote key", QuoteKeys.of(Bytes.of(new byte[32])).toString());
    }
}
