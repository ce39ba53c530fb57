package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77"
            })
    void prints_the_checksum_of_eip55(String text) {
        assertEquals(
                text, Address.find(text.toLowerCase(Locale.ROOT)).orElseThrow().toString());
    }

    @Test
    void compares_bytes_and_not_spellings() {
        assertEquals(
                Address.find("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
                Address.find("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd",
                "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedaa",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe١",
                "vitalik.eth",
                "merchant",
                "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU"
            })
    void knows_no_other_form(String text) {
        assertEquals(Optional.empty(), Address.find(text));
    }

    @Test
    void tells_a_wrong_checksum_from_one_case() {
        assertTrue(Address.isWellSpelled("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"));
        assertTrue(Address.isWellSpelled("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"));
        assertTrue(Address.isWellSpelled("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
        assertFalse(Address.isWellSpelled("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
    }
}
