package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
