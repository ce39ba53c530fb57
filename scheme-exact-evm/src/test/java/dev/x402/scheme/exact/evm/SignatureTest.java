package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final BigInteger R = BigInteger.valueOf(77);
    private static final BigInteger S = BigInteger.valueOf(99);

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "27,0", "28,1"})
    void four_values_of_v_mean_two_parities(int v, int parity) {
        assertEquals(new Signature(R, S, parity), Signature.parse(bytes(R, S, v)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 26, 29, 30, 35, 36, 37, 128, 255})
    void other_values_of_v_mean_nothing(int v) {
        assertNull(Signature.parse(bytes(R, S, v)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void the_compact_form_of_eip2098_is_the_same_signature(int parity) {
        byte[] compact = Arrays.copyOf(bytes(R, S, 27), 64);
        compact[32] |= (byte) (parity << 7);
        assertEquals(new Signature(R, S, parity), Signature.parse(compact));
    }

    @Test
    void a_high_s_is_refused_from_a_payer() {
        assertNull(Signature.parse(bytes(R, Signature.ORDER.subtract(S), 27)));
        assertNull(Signature.parse(bytes(R, Signature.HALF_ORDER.add(BigInteger.ONE), 27)));
    }

    @ParameterizedTest
    @CsvSource({"27,28", "28,27", "0,28", "1,27"})
    void a_high_s_of_a_signer_is_made_low_with_the_other_parity(int high, int low) {
        assertEquals(
                Signature.parse(bytes(R, S, low)), Signature.ofSigner(bytes(R, Signature.ORDER.subtract(S), high)));
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertNull(Signature.parse(bytes(BigInteger.ZERO, S, 27)));
        assertNull(Signature.parse(bytes(R, BigInteger.ZERO, 27)));
        assertNull(Signature.parse(bytes(Signature.ORDER, S, 27)));
        assertNull(Signature.parse(bytes(R, Signature.ORDER, 27)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 66, 97, 4096})
    void other_lengths_are_refused(int length) {
        assertNull(Signature.parse(new byte[length]));
    }

    @Test
    void a_signature_is_not_printed() {
        assertEquals("a signature", new Signature(R, S, 0).toString());
    }

    private static byte[] bytes(BigInteger r, BigInteger s, int v) {
        byte[] bytes = new byte[65];
        Hex.putWord(bytes, 0, r);
        Hex.putWord(bytes, 32, s);
        bytes[64] = (byte) v;
        return bytes;
    }
}
