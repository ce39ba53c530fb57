package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeeTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "0.001 USD", "0.5 %", "0.001 USD + 0.5 %"})
    void a_fee_is_written_as_it_is_read(String text) {
        assertEquals(text, Fee.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "-1 USD",
                "0.001USD",
                "0.001 usd",
                "1e3 USD",
                " + 0.5 %",
                "0.001 USD + ",
                "0.001 USD0.5 %"
            })
    void a_fee_of_another_form_is_refused(String text) {
        assertEquals(
                "fee: expected none, 0.001 USD, 0.5 % or 0.001 USD + 0.5 %, saw \"" + text + "\"",
                assertThrows(IllegalArgumentException.class, () -> Fee.parse(text))
                        .getMessage());
    }

    @Test
    void a_fee_of_several_lines_is_shown_as_one() {
        assertEquals(
                "fee: expected none, 0.001 USD, 0.5 % or 0.001 USD + 0.5 %, saw \"1 USD\\u000a2 USD\"",
                assertThrows(IllegalArgumentException.class, () -> Fee.parse("1 USD\n2 USD"))
                        .getMessage());
    }

    @Test
    void what_costs_nothing_is_the_same_in_every_spelling() {
        assertEquals(Fee.parse("1 %"), Fee.parse("0.000 USD + 1 %"));
        assertEquals(Fee.NONE, Fee.parse("0.00 %"));
        assertEquals(Fee.NONE, Fee.parse("0 EUR"));
    }
}
