package dev.x402.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetTest {
    private static final AssetId ID = new AssetId(Network.parse("toy:1"), "0xa");
    private static final Duration QUICK = Duration.ofSeconds(1);

    private static Asset asset(int decimals) {
        return new Asset(ID, "TOY", decimals, "USD", Json.Obj.EMPTY);
    }

    private static String refusal(int decimals, BigDecimal units) {
        return assertTimeoutPreemptively(
                        QUICK,
                        () -> assertThrows(
                                ArithmeticException.class, () -> asset(decimals).toAtomic(units)))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "4.02, 6, 4020000",
        "0.29, 2, 29",
        "1.1, 18, 1100000000000000000",
        "0.000001, 6, 1",
        "0.0000010, 6, 1",
        "1E+3, 6, 1000000000",
        "1000.000000000000000000000000, 0, 1000",
        "0, 6, 0",
        "0.0000000000, 6, 0",
        "0E-1000000000, 6, 0",
        "0E+1000000000, 6, 0",
        "9007199254740993, 0, 9007199254740993",
        "1, 36, 1000000000000000000000000000000000000"
    })
    void converts_units_exactly(BigDecimal units, int decimals, String atomic) {
        assertEquals(
                AtomicAmount.parse(atomic),
                assertTimeoutPreemptively(QUICK, () -> asset(decimals).toAtomic(units)));
    }

    @Test
    void refuses_more_decimals_than_the_asset_has() {
        assertEquals("amount of TOY: expected at most 6 decimals, saw 7", refusal(6, new BigDecimal("0.0000001")));
    }

    @Test
    void refuses_a_fraction_of_an_asset_without_decimals() {
        assertEquals("amount of TOY: expected at most 0 decimals, saw 1", refusal(0, new BigDecimal("0.5")));
    }

    @Test
    void refuses_a_negative_amount() {
        assertEquals("amount of TOY: expected 0 or more, saw a negative number", refusal(6, new BigDecimal("-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+1000000000", "1E+2147483647", "1E+73"})
    void refuses_an_amount_that_is_too_large_at_once(String units) {
        assertEquals(
                "amount of TOY: expected at most 78 digits in the smallest unit, saw more",
                refusal(6, new BigDecimal(units)));
    }

    @Test
    void refuses_an_amount_that_is_too_small_at_once() {
        assertEquals(
                "amount of TOY: expected at most 6 decimals, saw 1000000000",
                refusal(6, new BigDecimal("1E-1000000000")));
    }

    @Test
    void refuses_an_amount_of_a_million_digits_at_once() {
        BigDecimal units = new BigDecimal(BigInteger.TEN.pow(1_000_000), 1_000_000);

        assertEquals("amount of TOY: expected at most 78 digits in the smallest unit, saw more", refusal(6, units));
    }

    @Test
    void takes_the_largest_amount_that_has_78_digits() {
        assertEquals(AtomicAmount.parse("1" + "0".repeat(77)), asset(6).toAtomic(new BigDecimal("1E+71")));
    }

    @Test
    void shows_units_exactly() {
        assertEquals(new BigDecimal("4.020000"), asset(6).toUnits(AtomicAmount.of(4_020_000)));
    }

    @Test
    void comes_back_to_the_same_amount_for_every_number_of_decimals() {
        SplittableRandom random = new SplittableRandom(402);
        for (int round = 0; round < 10_000; round++) {
            Asset asset = asset(random.nextInt(Asset.MAX_DECIMALS + 1));
            byte[] bits = new byte[random.nextInt(1, 32)];
            random.nextBytes(bits);
            AtomicAmount amount = new AtomicAmount(new BigInteger(1, bits));

            assertEquals(amount, asset.toAtomic(asset.toUnits(amount)), asset + " " + amount);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 37})
    void refuses_decimals_out_of_range(int decimals) {
        assertEquals(
                "decimals of toy:1/0xa: expected 0 to 36, saw " + decimals,
                assertThrows(IllegalArgumentException.class, () -> asset(decimals))
                        .getMessage());
    }
}
