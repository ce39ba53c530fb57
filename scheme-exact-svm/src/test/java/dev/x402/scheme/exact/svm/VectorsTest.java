package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.p2p.solanaj.core.PublicKey;
import org.sol4k.Keypair;
import org.sol4k.VersionedTransaction;

/** What the reference SDK's libraries wrote is read as they meant it, and other libraries agree. */
class VectorsTest {
    static List<Vectors.Transaction> transactions() {
        return Vectors.transactions();
    }

    static List<Vectors.Transaction> plain() {
        return transactions().stream().filter(vector -> !vector.isLookedUp()).toList();
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void a_transaction_is_read_and_written_back(Vectors.Transaction vector) {
        WireTransaction transaction = ExactPayload.decode(vector.transaction());
        assertArrayEquals(vector.bytes(), transaction.toBytes());
        assertEquals(
                vector.transaction(),
                ExactPayload.of(transaction).text("transaction").orElseThrow());
        assertEquals(
                vector.number("instructions"),
                transaction.message().instructions().size());
        assertEquals(vector.number("lookedUp"), transaction.message().lookedUp());
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void a_message_has_the_hash_that_was_signed(Vectors.Transaction vector) {
        Message message = ExactPayload.decode(vector.transaction()).message();
        assertEquals(vector.text("messageHash"), HexFormat.of().formatHex(message.hash()));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void a_transfer_means_what_was_meant(Vectors.Transaction vector) {
        Message message = ExactPayload.decode(vector.transaction()).message();
        assertEquals(vector.shape(), Grammar.shape(message));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void a_memo_is_the_bytes_of_its_text(Vectors.Transaction vector) {
        Message message = ExactPayload.decode(vector.transaction()).message();
        List<String> memos = message.instructions().stream()
                .filter(instruction -> message.programOf(instruction).equals(Programs.MEMO))
                .map(memo -> new String(memo.data(), StandardCharsets.UTF_8))
                .toList();
        assertEquals(vector.at().optional("memo").map(JsonCursor::text).stream().toList(), memos);
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void the_fee_payer_s_signature_completes_it_to_the_same_bytes(Vectors.Transaction vector) {
        WireTransaction transaction = ExactPayload.decode(vector.transaction());
        WireTransaction completed = transaction.signedBy(
                Keys.address(Keys.FEE_PAYER),
                Keys.FEE_PAYER.sign(transaction.message().bytes()));
        assertArrayEquals(vector.completed(), completed.toBytes());
        assertEquals(vector.text("reference"), completed.reference());
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void the_payer_s_signature_holds(Vectors.Transaction vector) {
        WireTransaction transaction = ExactPayload.decode(vector.transaction());
        assertTrue(
                Ed25519.verify(Keys.address(Keys.PAYER), transaction.message().bytes(), transaction.signature(1)));
    }

    @ParameterizedTest
    @MethodSource("transactions")
    void sol4k_completes_it_to_the_same_bytes(Vectors.Transaction vector) {
        VersionedTransaction transaction = VersionedTransaction.from(vector.transaction());
        assertArrayEquals(vector.bytes(), transaction.serialize());
        transaction.sign(Keypair.fromSecretKey(Base58Text.parse(Keys.secret("fee payer 1"), 64)));
        assertArrayEquals(vector.completed(), transaction.serialize());
    }

    @Test
    void a_token_account_is_the_one_that_others_derive() {
        for (JsonCursor vector : Vectors.accounts()) {
            SvmAddress owner = SvmAddress.of(vector.member("owner").text());
            SvmAddress program = SvmAddress.of(vector.member("tokenProgram").text());
            SvmAddress mint = SvmAddress.of(vector.member("mint").text());
            String account = vector.member("account").text();
            assertEquals(account, Pda.tokenAccount(owner, mint, program).toString());
            assertEquals(
                    account,
                    PublicKey.findProgramAddress(
                                    List.of(owner.toBytes(), program.toBytes(), mint.toBytes()),
                                    new PublicKey(Programs.ASSOCIATED_TOKEN.toString()))
                            .getAddress()
                            .toBase58());
        }
        assertEquals(64, Vectors.accounts().size());
    }
}
