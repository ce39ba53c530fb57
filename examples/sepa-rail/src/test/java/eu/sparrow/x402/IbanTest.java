package eu.sparrow.x402;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IbanTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89370400440532013000",
                "NL91ABNA0417164300",
                "BE68539007547034",
                "FR1420041010050500013M02606",
                "AT611904300234573201"
            })
    void knows_the_examples_of_the_registry(String text) {
        assertEquals(Optional.of(new Iban(text)), Iban.find(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000", // a check digit
                "DE89370400440532010300", // two digits changed places
                "DE8937040044053201300", // too short
                "DE893704004405320130000", // too long
                "XX89370400440532013000", // no country
                "DE89 3704 0044 0532 0130 00",
                " DE89370400440532013000",
                "DE8937040044053201300O",
                "DE89370400440532013００0",
                ""
            })
    void refuses_what_is_none(String text) {
        assertEquals(Optional.empty(), Iban.find(text));
    }

    @Test
    void small_letters_are_the_same_number() {
        assertEquals(Iban.find("NL91ABNA0417164300"), Iban.find("nl91abna0417164300"));
    }

    @Test
    void computes_the_check_digits() {
        assertEquals("DE89370400440532013000", Iban.of("DE", "370400440532013000").value());
    }

    @Test
    void is_not_shown_whole() {
        assertFalse(Iban.of("DE", "370400440532013000").toString().contains("3704"));
    }
}
