package dev.x402.core.payer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.payer.Budget.Scope;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BudgetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 USD per day | 2 USD per day",
                "$0.20 per host per hour | 0.2 USD per host per hour",
                "5 USDC per task | 5 USDC per task",
                "1 USD per DAY per Payee | 1 USD per payee per day",
                "1 USD per 24 hours per payee per task | 1 USD per task per payee per day",
                "1.50 USD per 1 days | 1.5 USD per day",
                "3 EUR per 90 minutes | 3 EUR per 90 minutes",
                "3 EUR per 14 days | 3 EUR per 2 weeks",
                "7 EUR per second | 7 EUR per second",
                "50 USD in all | 50 USD in all",
                "10000 atomic eip155:8453/0xabc per day | 10000 atomic eip155:8453/0xabc per day"
            })
    void is_read_and_written_in_one_spelling(String text, String canonical) {
        assertEquals(canonical, Budget.parse(text).toString());
        assertEquals(Budget.parse(text), Budget.parse(canonical));
    }

    @Test
    void code_says_what_the_text_says() {
        assertEquals(
                Budget.parse("0.20 USD per host per hour"),
                Budget.of("0.2 USD").within(Duration.ofMinutes(60)).per(Scope.HOST));
        assertEquals(Budget.parse("50 USD in all"), Budget.of("50 USD"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 USD | budget: expected a limit such as 2 USD per day, 5 USD per task or 50 USD in all, saw \"2 USD\"",
                "2 USD per month | budget: expected task, payee, host or a time such as hour or 30 days after per,"
                        + " saw \"month\"",
                "2 USD per 2 day | budget: expected task, payee, host or a time such as hour or 30 days after per,"
                        + " saw \"2 day\"",
                "2 USD per days | budget: expected task, payee, host or a time such as hour or 30 days after per,"
                        + " saw \"days\"",
                "2 USD per 0 days | budget: expected task, payee, host or a time such as hour or 30 days after per,"
                        + " saw \"0 days\"",
                "2 USD per day per hour | budget: expected each scope and one time at most, saw"
                        + " \"2 USD per day per hour\"",
                "2 USD per host per host | budget: expected each scope and one time at most, saw"
                        + " \"2 USD per host per host\"",
                "2 USD per 4000 days | window: expected whole seconds from 1 s to 3660 days, saw PT96000H",
                "two USD per day | money: expected an amount and a unit such as 0.05 USD, saw \"two USD\"",
                "-2 USD per day | money: expected an amount and a unit such as 0.05 USD, saw \"-2 USD\"",
                "NaN USD per day | money: expected an amount and a unit such as 0.05 USD, saw \"NaN USD\""
            })
    void anything_else_is_refused(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Budget.parse(text))
                        .getMessage());
    }

    @Test
    void a_window_is_of_whole_seconds() {
        assertEquals(
                "window: expected whole seconds from 1 s to 3660 days, saw PT0.5S",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Budget.of("1 USD").within(Duration.ofMillis(500)))
                        .getMessage());
    }

    @Test
    void every_budget_made_in_code_is_the_one_that_its_text_says() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            Budget budget = random(random);
            assertEquals(budget, Budget.parse(budget.toString()), "seed " + seed);
            assertEquals(budget, Budget.parse(shuffled(budget, random)), "seed " + seed);
        }
    }

    private static Budget random(Random random) {
        Set<Scope> per = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if (random.nextBoolean()) {
                per.add(scope);
            }
        }
        long[] units = {1, 60, 3_600, 86_400, 604_800};
        long seconds = Math.min(units[random.nextInt(5)] * (1 + random.nextInt(100)), 3_660L * 86_400);
        List<String> names = List.of("USD", "USDC", "EUR", "eip155:8453/0xabc");
        return new Budget(
                new MoneyTerm(
                        BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(19)),
                        names.get(random.nextInt(4))),
                per,
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }

    /** The same budget in another order and in capital letters. */
    private static String shuffled(Budget budget, Random random) {
        String[] parts = budget.toString().split(" per ");
        List<String> narrowing = new ArrayList<>(List.of(parts).subList(1, parts.length));
        Collections.shuffle(narrowing, random);
        StringBuilder text = new StringBuilder(parts[0]);
        narrowing.forEach(part -> text.append(" per ").append(part.toUpperCase(Locale.ROOT)));
        return text.toString();
    }
}
