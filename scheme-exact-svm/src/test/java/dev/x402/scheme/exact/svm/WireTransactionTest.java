package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no transaction are refused with the one reason, whatever they are. */
class WireTransactionTest {
    private static final String AT = "/payload/transaction: expected ";
    private static final byte[] GOOD = Vectors.transaction("version 0").bytes();
    private static final int MESSAGE = 1 + 2 * 64;
    private static final int ACCOUNTS = MESSAGE + 4;
    private static final int BLOCKHASH = ACCOUNTS + 1 + 8 * 32;

    @Test
    void a_transaction_of_1232_bytes_is_read() {
        assertEquals(1_232, WireTransaction.parse(sized(1_232)).toBytes().length);
    }

    @Test
    void a_transaction_of_1233_bytes_is_not_decoded() {
        refused("at most 1232 bytes, saw 1233 bytes", sized(1_233));
    }

    @Test
    void bytes_behind_the_end_are_refused() {
        refused("the end, saw 1 bytes more", Arrays.copyOf(GOOD, GOOD.length + 1));
    }

    @Test
    void nothing_is_no_transaction() {
        refused("signatures, saw the end", new byte[0]);
    }

    @Test
    void every_cut_is_refused() {
        for (int length = 0; length < GOOD.length; length++) {
            byte[] cut = Arrays.copyOf(GOOD, length);
            assertThrows(MalformedMessageException.class, () -> WireTransaction.parse(cut), "cut to " + length);
        }
    }

    @Test
    void fewer_signatures_than_signers_are_refused() {
        byte[] one = new byte[GOOD.length - 64];
        one[0] = 1;
        System.arraycopy(GOOD, MESSAGE, one, MESSAGE - 64, GOOD.length - MESSAGE);
        refused("a signature for each of 2 signers, saw 1 signatures", one);
    }

    @Test
    void more_signatures_than_bytes_are_refused() {
        refused("signatures, saw the end", set(GOOD, 0, 127));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0xff})
    void a_later_version_is_refused(int version) {
        refused("a legacy message or one of version 0, saw version " + (version - 0x80), set(GOOD, MESSAGE, version));
    }

    @Test
    void a_length_has_its_shortest_form() {
        refused("a length in its shortest form for signatures, saw another form", insert(set(GOOD, 0, 0x82), 1, 0x00));
        refused(
                "a length in its shortest form for accounts, saw another form",
                insert(set(GOOD, ACCOUNTS, 0x88), ACCOUNTS + 1, 0x80, 0x00));
        refused(
                "a length of at most three bytes for accounts, saw more",
                insert(set(GOOD, ACCOUNTS, 0x88), ACCOUNTS + 1, 0x80, 0x80, 0x01));
        refused(
                "a length in its shortest form for accounts, saw another form",
                insert(set(GOOD, ACCOUNTS, 0xff), ACCOUNTS + 1, 0xff, 0x04));
    }

    @Test
    void a_message_without_signers_is_refused() {
        refused(
                "a header of 1 signer or more, the first writable, within 8 accounts, saw 0 signers, 1 of them and 4"
                        + " others read-only",
                set(GOOD, MESSAGE + 1, 0));
    }

    @Test
    void the_fee_payer_is_writable() {
        refused(
                "a header of 1 signer or more, the first writable, within 8 accounts, saw 2 signers, 2 of them and 4"
                        + " others read-only",
                set(GOOD, MESSAGE + 2, 2));
    }

    @Test
    void a_header_of_more_accounts_than_there_are_is_refused() {
        refused(
                "a header of 1 signer or more, the first writable, within 8 accounts, saw 2 signers, 1 of them and 7"
                        + " others read-only",
                set(GOOD, MESSAGE + 3, 7));
    }

    @Test
    void a_program_is_an_account_and_not_the_fee_payer() {
        int program = BLOCKHASH + 32 + 1;
        refused("a program within 8 accounts, not the first, saw place 0", set(GOOD, program, 0));
        refused("a program within 8 accounts, not the first, saw place 8", set(GOOD, program, 8));
        refused("a program within 8 accounts, not the first, saw place 255", set(GOOD, program, 255));
    }

    @Test
    void an_account_of_an_instruction_is_in_the_message() {
        int source = GOOD.length - 1 - 35 - 12 - 3;
        assertEquals(2, GOOD[source]); // the source's place among the transfer's accounts
        refused("an account within 8 accounts, saw place 8", set(GOOD, source, 8));
        refused("an account within 8 accounts, saw place 255", set(GOOD, source, 255));
    }

    @Test
    void a_lookup_table_names_an_account() {
        byte[] table = Arrays.copyOf(GOOD, GOOD.length + 34);
        table[GOOD.length - 1] = 1;
        refused("an account of each lookup table, saw none of one", table);
    }

    @Test
    void accounts_of_lookup_tables_are_counted_and_their_programs_are_not() {
        WireTransaction transaction =
                WireTransaction.parse(Vectors.transaction("a lookup table").bytes());
        assertEquals(2, transaction.message().lookedUp());
        byte[] bytes = transaction.toBytes();
        int accounts = transaction.message().accounts().size();
        int program = ACCOUNTS + 1 + accounts * 32 + 32 + 1;
        refused("a program within 6 accounts, not the first, saw place 6", set(bytes, program, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%%%%", "AAA", "AQ=A", "AA==AA==", "AQ\n==", "AQ-_", "\u00e9\u00e9\u00e9\u00e9", "\ud83d\ude00"})
    void text_that_is_no_base64_is_refused(String text) {
        MalformedMessageException refused =
                assertThrows(MalformedMessageException.class, () -> ExactPayload.decode(text));
        assertEquals("/payload/transaction", refused.pointer());
    }

    @Test
    void base64_has_one_spelling() {
        String text = Base64.getEncoder().encodeToString(Arrays.copyOf(GOOD, GOOD.length - GOOD.length % 3 - 1));
        assertEquals('=', text.charAt(text.length() - 1));
        MalformedMessageException bare =
                assertThrows(MalformedMessageException.class, () -> ExactPayload.decode(text.replace("=", "")));
        assertEquals(AT + "base64 with its padding and no spare bits, saw another spelling", bare.getMessage());
    }

    @Test
    void a_text_of_a_megabyte_is_not_decoded() {
        MalformedMessageException refused =
                assertThrows(MalformedMessageException.class, () -> ExactPayload.decode("A".repeat(1 << 20)));
        assertEquals(AT + "base64 of at most 1232 bytes, saw 1048576 characters", refused.getMessage());
    }

    @Test
    void a_payload_has_a_text() {
        MalformedMessageException none =
                assertThrows(MalformedMessageException.class, () -> ExactPayload.parse(Json.Obj.EMPTY));
        assertEquals("/payload/transaction", none.pointer());
        MalformedMessageException number = assertThrows(
                MalformedMessageException.class,
                () -> ExactPayload.parse(Json.Obj.EMPTY.with("transaction", Json.of(7))));
        assertEquals("/payload/transaction", number.pointer());
    }

    @Test
    void a_signature_goes_to_its_signer_s_place_and_nothing_else_changes() {
        WireTransaction transaction = WireTransaction.parse(GOOD);
        byte[] signature = new byte[64];
        Arrays.fill(signature, (byte) 7);
        byte[] expected = GOOD.clone();
        System.arraycopy(signature, 0, expected, 1, 64);
        assertArrayEquals(
                expected,
                transaction.signedBy(Keys.address(Keys.FEE_PAYER), signature).toBytes());
        assertArrayEquals(GOOD, transaction.toBytes());
    }

    private static byte[] sized(int bytes) {
        int memo = bytes - 1 - 64 - (1 + 3 + 1 + 64 + 32 + 1 + 1 + 1 + 2 + 1);
        return WireTransaction.unsigned(Compiler.compile(
                        Keys.address(Keys.FEE_PAYER),
                        Offline.BLOCKHASH,
                        List.of(Call.of(Programs.MEMO, new byte[memo]))))
                .toBytes();
    }

    private static byte[] set(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] insert(byte[] bytes, int at, int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        for (int value : values) {
            out.write(value);
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static void refused(String message, byte[] bytes) {
        MalformedMessageException refused =
                assertThrows(MalformedMessageException.class, () -> WireTransaction.parse(bytes));
        assertEquals(AT + message, refused.getMessage());
    }
}
