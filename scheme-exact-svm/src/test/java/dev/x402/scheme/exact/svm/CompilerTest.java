package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sol4k.VersionedTransaction;

class CompilerTest {
    private static final SvmAddress FEE_PAYER = Keys.address(Keys.FEE_PAYER);
    private static final SvmAddress PAYER = Keys.address(Keys.PAYER);
    private static final SvmAddress STRANGER = Keys.address(Keys.STRANGER);

    @Test
    void a_payment_means_what_the_libraries_of_others_write() {
        Vectors.Transaction vector = Vectors.transaction("version 0");
        TransferShape shape = vector.shape();
        Message message = Compiler.compile(
                shape.feePayer(),
                shape.blockhash(),
                List.of(
                        Transfers.computeLimit(20_000),
                        Transfers.computePrice(1),
                        Transfers.checked(
                                shape.tokenProgram(),
                                shape.source(),
                                shape.mint(),
                                shape.destination(),
                                shape.authority(),
                                shape.amount(),
                                shape.decimals()),
                        Transfers.memo(vector.text("memo"))));
        assertEquals(shape, Grammar.shape(message));
        assertEquals(vector.bytes().length, WireTransaction.unsigned(message).toBytes().length);
    }

    @Test
    void signers_come_first_and_writable_accounts_before_others() {
        Message message = Compiler.compile(
                FEE_PAYER,
                Offline.BLOCKHASH,
                List.of(Call.of(
                        Programs.MEMO,
                        new byte[0],
                        Call.Use.reads(STRANGER),
                        Call.Use.writes(Programs.TOKEN),
                        Call.Use.signer(PAYER))));
        assertEquals(List.of(FEE_PAYER, PAYER, Programs.TOKEN, STRANGER, Programs.MEMO), message.accounts());
        assertEquals(2, message.signers());
        assertEquals(
                List.of(true, false, true, false, false),
                List.of(
                        message.isWritable(0),
                        message.isWritable(1),
                        message.isWritable(2),
                        message.isWritable(3),
                        message.isWritable(4)));
    }

    @Test
    void an_account_of_two_calls_has_the_rights_of_both() {
        Message message = Compiler.compile(
                FEE_PAYER,
                Offline.BLOCKHASH,
                List.of(
                        Call.of(Programs.MEMO, new byte[0], Call.Use.writes(PAYER)),
                        Call.of(Programs.MEMO, new byte[0], Call.Use.signer(PAYER))));
        assertEquals(List.of(FEE_PAYER, PAYER, Programs.MEMO), message.accounts());
        assertEquals(2, message.signers());
        assertEquals(true, message.isWritable(1));
    }

    @Test
    void long_data_has_a_length_of_two_bytes() {
        Message message =
                Compiler.compile(FEE_PAYER, Offline.BLOCKHASH, List.of(Call.of(Programs.MEMO, new byte[300])));
        assertEquals(300, message.instructions().get(0).size());
    }

    @Test
    void sol4k_reads_what_was_compiled() {
        WireTransaction transaction = WireTransaction.unsigned(Compiler.compile(
                FEE_PAYER,
                Offline.BLOCKHASH,
                List.of(
                        Transfers.computeLimit(1_400_000),
                        Transfers.computePrice(5_000_000),
                        Transfers.checked(
                                Programs.TOKEN_2022,
                                STRANGER,
                                SvmAddress.of(Offline.USDC),
                                Keys.address(Keys.PAYEE),
                                PAYER,
                                BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
                                255),
                        Transfers.memo("m".repeat(256)))));
        VersionedTransaction other =
                VersionedTransaction.from(Base64.getEncoder().encodeToString(transaction.toBytes()));
        assertArrayEquals(transaction.toBytes(), other.serialize());
    }

    @Test
    void only_a_signer_has_a_place_to_sign() {
        WireTransaction transaction = WireTransaction.unsigned(
                Compiler.compile(FEE_PAYER, Offline.BLOCKHASH, List.of(Call.of(Programs.MEMO, new byte[0]))));
        IllegalArgumentException stranger =
                assertThrows(IllegalArgumentException.class, () -> transaction.signedBy(STRANGER, new byte[64]));
        assertEquals(
                "signature of 8yCsLLUtQNj28p9K8W514Vohtbm1vHVLzYVqno99SNKZ: expected 64 bytes of one of 1 signers,"
                        + " saw 64 bytes at place -1",
                stranger.getMessage());
        assertThrows(IllegalArgumentException.class, () -> transaction.signedBy(Programs.MEMO, new byte[64]));
        assertThrows(IllegalArgumentException.class, () -> transaction.signedBy(FEE_PAYER, new byte[63]));
    }
}
