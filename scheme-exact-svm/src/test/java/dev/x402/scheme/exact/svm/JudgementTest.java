package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.x402.scheme.exact.svm.Judge.Judgement;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any node is asked. */
class JudgementTest {
    private static final String TX = "payload.transaction: ";
    private static final SvmAddress FEE_PAYER = Keys.address(Keys.FEE_PAYER);
    private static final SvmAddress OTHER_FEE_PAYER = Keys.address(Keys.OTHER_FEE_PAYER);
    private static final SvmAddress PAYER = Keys.address(Keys.PAYER);
    private static final SvmAddress PAYEE = Keys.address(Keys.PAYEE);
    private static final SvmAddress STRANGER = Keys.address(Keys.STRANGER);
    private static final SvmAddress USDC = SvmAddress.of(Offline.USDC);

    final Offline sides = new Offline();
    final PaymentRequirements offer = sides.offer(10_000);
    final Payment good = sides.pay(offer);
    final Draft draft = Draft.of(good, Keys.PAYER);

    @Test
    void a_good_payment_is_sound() {
        Judgement.Sound sound = assertInstanceOf(Judgement.Sound.class, sides.judge.judge(good));
        assertEquals(PAYER, sound.shape().authority());
        assertEquals(BigInteger.valueOf(10_000), sound.shape().amount());
        assertEquals(Judge.trusted(good).shape(), sound.shape());
    }

    static List<Vectors.Transaction> peers() {
        return Vectors.transactions().stream()
                .filter(vector -> !vector.isLookedUp() && !vector.toString().equals("the largest amount and price"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void what_the_reference_sdk_s_libraries_write_is_sound(Vectors.Transaction vector) {
        PaymentRequirements terms = sides.offer(Offline.draft(10_000, vector.text("mint")));
        sound(Offline.payment(terms, vector.transaction()));
    }

    // ---- S01, S07: programs

    @Test
    void a_transfer_of_the_fee_payer_s_sol_is_refused() {
        Call drain = Call.of(
                Programs.SYSTEM,
                new byte[] {2, 0, 0, 0, 0, -54, -102, 59, 0, 0, 0, 0},
                new Call.Use(FEE_PAYER, true, true),
                Call.Use.writes(PAYER));
        refused(
                Codes.FEE_PAYER_NOT_ISOLATED,
                TX + "instruction 5: expected no account that pays fees, saw one",
                draft.add(drain));
    }

    @ParameterizedTest
    @CsvSource({"3,fourth", "4,fifth", "5,sixth", "6,seventh"})
    void an_unknown_program_is_refused_by_its_place(int index, String ordinal) {
        Draft odd = draft;
        while (index > 3 && odd.message().instructions().size() < index) {
            odd = odd.add(guard());
        }
        refused(
                new ErrorCode("invalid_exact_svm_payload_unknown_" + ordinal + "_instruction"),
                TX + ordinal + " instruction: expected one of Memo or Lighthouse, saw one of " + STRANGER,
                odd.insert(index, Call.of(STRANGER, new byte[1], Call.Use.reads(PAYER))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_guard_before_the_transfer_is_refused(int index) {
        assertInstanceOf(
                Judgement.Refused.class,
                sides.judge.judge(draft.insert(index, guard()).payment()));
    }

    @Test
    void notes_and_guards_may_follow_the_transfer_in_any_order() {
        Call memo = draft.call(3);
        sound(draft.remove(3).payment());
        sound(draft.add(guard()).payment());
        sound(draft.insert(3, guard()).payment());
        sound(draft.insert(3, guard(), guard(), memo).payment());
    }

    @Test
    void the_memo_program_of_old_is_unknown() {
        SvmAddress old = SvmAddress.of("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo");
        refused(
                new ErrorCode("invalid_exact_svm_payload_unknown_fourth_instruction"),
                TX + "fourth instruction: expected one of Memo or Lighthouse, saw one of " + old,
                draft.set(3, Call.of(old, new byte[0])));
    }

    // ---- S02, S03: the fee payer

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void the_fee_payer_is_in_no_instruction(int index) {
        Call call = draft.call(index);
        List<Call.Use> uses = new ArrayList<>(call.accounts());
        uses.add(Call.Use.writes(FEE_PAYER));
        Verification.Invalid why = refused(
                draft.set(index, new Call(call.program(), uses, call.data())).payment());
        assertEquals(
                List.of(Codes.LIMIT, Codes.PRICE, Codes.NO_TRANSFER, Codes.FEE_PAYER_NOT_ISOLATED)
                        .get(index),
                why.code());
    }

    @Test
    void no_other_account_that_pays_fees_is_in_an_instruction() {
        refused(
                Codes.FEE_PAYER_NOT_ISOLATED,
                TX + "instruction 4: expected no account that pays fees, saw one",
                draft.set(3, Call.of(Programs.MEMO, new byte[0], Call.Use.reads(OTHER_FEE_PAYER))));
    }

    @Test
    void a_guard_may_not_touch_the_fee_payer() {
        refused(
                Codes.FEE_PAYER_NOT_ISOLATED,
                TX + "instruction 5: expected no account that pays fees, saw one",
                draft.add(Call.of(Programs.LIGHTHOUSE, new byte[1], Call.Use.reads(FEE_PAYER))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void the_fee_payer_is_no_account_of_the_transfer(int account) {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(account, Call.Use.writes(FEE_PAYER));
        uses.add(3, Call.Use.signer(PAYER));
        refused(
                Codes.FEE_PAYER_PAYS,
                TX + "transfer: expected accounts of the payer, saw the fee payer",
                draft.transferAccounts(account == 3 ? feePayerPays() : uses.subList(0, 4))
                        .add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(PAYER))));
    }

    private List<Call.Use> feePayerPays() {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(3, Call.Use.signer(FEE_PAYER));
        return uses;
    }

    @Test
    void a_fee_payer_of_ours_does_not_pay_as_a_payer() {
        PaymentRequirements terms = offer;
        Payment ours = Offline.payment(
                terms,
                sides.client(Keys.OTHER_FEE_PAYER)
                        .pay(terms, new PayContext(Json.Obj.EMPTY, terms.amount(), Offline.NOW))
                        .payload());
        refused(Codes.FEE_PAYER_PAYS, TX + "instruction 3: expected no account that pays fees, saw one", ours);
    }

    @Test
    void the_fee_payer_of_the_offer_is_the_first_account() {
        refused(
                Codes.FEE_PAYER,
                TX + "expected the fee payer of the offer as the first account, saw another",
                draft.feePayer(OTHER_FEE_PAYER));
    }

    @Test
    void an_offer_names_a_fee_payer() {
        refused(
                Codes.MISSING_FEE_PAYER,
                "extra.feePayer: expected an account, saw nothing",
                extra("feePayer", Json.Null.NULL));
        refused(
                Codes.MISSING_FEE_PAYER,
                "extra.feePayer: expected base 58 of 32 bytes, saw another text",
                extra("feePayer", Json.of("1".repeat(54))));
        refused(
                Codes.MISSING_FEE_PAYER,
                "extra.feePayer: expected base 58 of 32 bytes, saw another text",
                extra("feePayer", Json.of(7)));
    }

    @Test
    void a_fee_payer_is_one_of_ours() {
        refused(
                Codes.FOREIGN_FEE_PAYER,
                "extra.feePayer: expected an account of this facilitator, saw another",
                extra("feePayer", Json.of(STRANGER.toString())));
    }

    @Test
    void a_network_without_fee_payers_is_not_served() {
        Network mainnet = Network.parse("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp");
        PaymentRequirements terms = PaymentRequirements.of(
                new Kind("exact", mainnet),
                AtomicAmount.of(10_000),
                "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
                PAYEE.toString(),
                60,
                offer.extraOrEmpty());
        refused(
                Codes.FOREIGN_FEE_PAYER,
                "extra.feePayer: expected an account of this facilitator, saw another",
                Offline.payment(terms, good.payload().payload()));
    }

    // ---- S04, S05, S06: cost

    @ParameterizedTest
    @CsvSource({"1000001", "4294967295", "9223372036854775807", "-1"})
    void a_price_above_the_limit_is_refused(long price) {
        refused(
                Codes.PRICE_TOO_HIGH,
                TX + "compute price: expected at most 1000000 millionths of a lamport, saw "
                        + Long.toUnsignedString(price),
                draft.set(1, budget(3, price, 9)));
    }

    @Test
    void a_price_at_the_limit_is_paid() {
        sound(draft.set(1, budget(3, 1_000_000, 9)).payment());
        sound(draft.set(1, budget(3, 0, 9)).payment());
    }

    @ParameterizedTest
    @CsvSource({"400001", "1400000", "4294967295"})
    void a_compute_limit_above_the_limit_is_refused(long units) {
        refused(
                Codes.LIMIT_TOO_HIGH,
                TX + "compute limit: expected at most 400000 units, saw " + units,
                draft.set(0, budget(2, units, 5)));
    }

    @Test
    void a_compute_limit_at_the_limit_is_paid() {
        sound(draft.set(0, budget(2, 400_000, 5)).payment());
    }

    @Test
    void an_operator_may_allow_more() {
        Judge generous = sides.judge(new Limits(1_400_000, Limits.HIGHEST_PRICE));
        Payment dear = draft.set(0, budget(2, 1_400_000, 5))
                .set(1, budget(3, 5_000_000, 9))
                .payment();
        assertInstanceOf(Judgement.Sound.class, generous.judge(dear));
    }

    @Test
    void there_is_one_price() {
        refused(
                new ErrorCode("invalid_exact_svm_payload_unknown_fourth_instruction"),
                TX + "fourth instruction: expected one of Memo or Lighthouse, saw one of " + Programs.COMPUTE_BUDGET,
                draft.insert(3, budget(3, 5_000_000, 9)));
    }

    @Test
    void there_is_one_compute_limit() {
        refused(
                Codes.PRICE,
                TX + "second instruction: expected the compute price and nothing else, saw another",
                draft.insert(1, budget(2, 20_000, 5)));
    }

    @Test
    void without_a_compute_limit_it_is_refused() {
        refused(
                Codes.LIMIT,
                TX + "first instruction: expected the compute limit and nothing else, saw another",
                draft.remove(0));
    }

    @Test
    void without_a_price_it_is_refused() {
        refused(
                Codes.PRICE,
                TX + "second instruction: expected the compute price and nothing else, saw another",
                draft.remove(1));
    }

    @ParameterizedTest
    @CsvSource({"0,4", "0,6", "0,0", "1,8", "1,10", "1,0"})
    void an_instruction_of_the_budget_has_its_exact_size(int index, int bytes) {
        byte[] data = Arrays.copyOf(draft.call(index).data().toArray(), bytes);
        refused(
                index == 0 ? Codes.LIMIT : Codes.PRICE,
                TX
                        + (index == 0
                                ? "first instruction: expected the compute limit"
                                : "second instruction: expected the compute price")
                        + " and nothing else, saw another",
                draft.set(index, Call.of(Programs.COMPUTE_BUDGET, data)));
    }

    @Test
    void another_program_than_the_budget_is_refused() {
        refused(
                Codes.LIMIT,
                TX + "first instruction: expected the compute limit and nothing else, saw another",
                draft.set(0, Call.of(Programs.MEMO, draft.call(0).data().toArray())));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void three_to_seven_instructions_are_read(int count) {
        Draft odd = draft;
        while (odd.message().instructions().size() < count) {
            odd = odd.add(guard());
        }
        refused(
                Codes.LENGTH,
                TX + "expected 3 to 7 instructions, saw " + count,
                count < 4 ? odd.remove(3).remove(0) : odd);
    }

    @Test
    void seven_instructions_are_sound() {
        sound(draft.add(guard(), guard(), guard()).payment());
    }

    // ---- S08, S09, S13: accounts, tables, nonces

    @Test
    void making_the_payee_s_account_is_not_paid_for() {
        refused(
                new ErrorCode("invalid_exact_svm_payload_unknown_fourth_instruction"),
                TX + "fourth instruction: expected one of Memo or Lighthouse, saw one of " + Programs.ASSOCIATED_TOKEN,
                draft.insert(3, Call.of(Programs.ASSOCIATED_TOKEN, new byte[] {1}, Call.Use.reads(PAYER))));
    }

    @Test
    void lookup_tables_are_refused_with_a_code_of_their_own() {
        refused(
                Codes.LOOKUP_TABLES,
                TX + "expected every account written out, saw 2 in lookup tables",
                Offline.payment(offer, Vectors.transaction("a lookup table").transaction()));
    }

    @Test
    void a_durable_nonce_is_refused() {
        Call advance =
                Call.of(Programs.SYSTEM, new byte[] {4, 0, 0, 0}, Call.Use.writes(STRANGER), Call.Use.signer(PAYER));
        refused(
                Codes.LIMIT,
                TX + "first instruction: expected the compute limit, saw one of the System program;"
                        + " a transaction with a durable nonce would never expire",
                draft.insert(0, advance));
        refused(
                new ErrorCode("invalid_exact_svm_payload_unknown_fifth_instruction"),
                TX + "fifth instruction: expected one of Memo or Lighthouse, saw one of " + Programs.SYSTEM,
                draft.add(advance));
    }

    // ---- S11: one payment in many spellings

    @Test
    void the_place_of_the_fee_payer_s_signature_makes_no_other_payment() {
        Payment filled = draft.raw(bytes -> {
            bytes[1] = 7;
            return bytes;
        });
        assertNotEquals(good.payload().payload(), filled.payload().payload());
        sound(filled);
        assertEquals(sides.scheme.key(draft.payment()), sides.scheme.key(filled));
    }

    // ---- S14: memos

    @Test
    void a_seller_s_memo_is_there_exactly_once() {
        Payment paid = sides.pay(memo("pi_3abc123def456"));
        sound(paid);
        Draft own = Draft.of(paid, Keys.PAYER);
        refused(Codes.MEMO_COUNT, TX + "memo: expected exactly one, that of the offer, saw 0", own.remove(3));
        refused(Codes.MEMO_COUNT, TX + "memo: expected exactly one, that of the offer, saw 2", own.add(own.call(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pi_3abc123def457", "pi_3abc123def45", "pi_3abc123def456 ", "PI_3ABC123DEF456", ""})
    void a_seller_s_memo_is_equal_in_bytes(String other) {
        Draft own = Draft.of(sides.pay(memo("pi_3abc123def456")), Keys.PAYER);
        refused(
                Codes.MEMO,
                TX + "memo: expected the text of extra.memo, saw another",
                own.set(3, Transfers.memo(other)));
    }

    @Test
    void a_memo_has_at_most_256_bytes_of_text() {
        sound(draft.set(3, Call.of(Programs.MEMO, "m".repeat(256).getBytes(StandardCharsets.UTF_8)))
                .payment());
        refused(
                Codes.MEMO,
                TX + "memo: expected at most 256 bytes of UTF-8, saw others",
                draft.set(3, Call.of(Programs.MEMO, new byte[257])));
        refused(
                Codes.MEMO,
                TX + "memo: expected at most 256 bytes of UTF-8, saw others",
                draft.set(3, Call.of(Programs.MEMO, new byte[] {(byte) 0xc3, 0x28})));
    }

    @Test
    void an_offer_s_memo_has_at_most_256_bytes() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "extra.memo: expected a text of at most 256 bytes in UTF-8, saw more",
                extra("memo", Json.of("ü".repeat(129))));
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "extra.memo: expected a text of at most 256 bytes in UTF-8, saw no text",
                extra("memo", Json.of(7)));
    }

    @Test
    void an_empty_memo_of_an_offer_asks_for_nothing() {
        sound(Offline.payment(
                offer.withExtra(offer.extraOrEmpty().with("memo", "")),
                good.payload().payload()));
    }

    // ---- S17, S18: the transfer

    @Test
    void another_mint_is_refused() {
        SvmAddress other = SvmAddress.of(Offline.DOLLAR_2022);
        refused(
                Codes.MINT,
                "transfer: expected the mint of the offer, saw another",
                draft.mint(other, Pda.tokenAccount(PAYEE, other, Programs.TOKEN)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7, 255})
    void other_decimals_are_refused(int decimals) {
        refused(
                Codes.MINT,
                "transfer: expected 6 decimals, as the asset is registered, saw " + decimals,
                draft.transfer(BigInteger.valueOf(10_000), decimals));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999", "10001", "0", "18446744073709551615"})
    void an_amount_is_exact(String amount) {
        refused(
                Codes.AMOUNT,
                "transfer: expected exactly 10000, saw " + amount,
                draft.transfer(new BigInteger(amount), 6));
    }

    @Test
    void a_destination_of_another_owner_is_refused() {
        recipient(Pda.tokenAccount(STRANGER, USDC, Programs.TOKEN));
        recipient(PAYEE);
        recipient(STRANGER);
    }

    @Test
    void a_destination_of_the_other_token_program_is_refused() {
        recipient(Pda.tokenAccount(PAYEE, USDC, Programs.TOKEN_2022));
    }

    private void recipient(SvmAddress destination) {
        refused(
                Codes.RECIPIENT,
                "transfer: expected the token account of payTo under the program that it asks, saw another",
                draft.destination(destination));
    }

    @Test
    void a_destination_is_derived_under_the_program_that_is_asked() {
        Call transfer = draft.call(2);
        refused(
                Codes.RECIPIENT,
                "transfer: expected the token account of payTo under the program that it asks, saw another",
                draft.set(2, new Call(Programs.TOKEN_2022, transfer.accounts(), transfer.data())));
    }

    @Test
    void a_plain_transfer_is_no_checked_one() {
        byte[] plain = Arrays.copyOf(draft.call(2).data().toArray(), 9);
        plain[0] = 3;
        noTransfer(draft.transferData(plain));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 11})
    void a_transfer_has_exactly_ten_bytes(int bytes) {
        noTransfer(draft.transferData(Arrays.copyOf(draft.call(2).data().toArray(), bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 8, 9, 11, 13, 26, 37})
    void another_instruction_of_the_token_program_is_refused(int kind) {
        byte[] data = draft.call(2).data().toArray();
        data[0] = (byte) kind;
        noTransfer(draft.transferData(data));
    }

    @Test
    void a_transfer_has_exactly_four_accounts() {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        noTransfer(draft.transferAccounts(uses.subList(0, 3))
                .add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(PAYER))));
        uses.add(Call.Use.reads(STRANGER));
        noTransfer(draft.transferAccounts(uses));
    }

    private void noTransfer(Draft odd) {
        refused(
                Codes.NO_TRANSFER,
                TX + "third instruction: expected TransferChecked of SPL Token or Token-2022 with 4 accounts,"
                        + " saw another",
                odd);
    }

    @Test
    void a_transfer_of_an_unknown_program_is_none() {
        Call transfer = draft.call(2);
        noTransfer(draft.set(2, new Call(STRANGER, transfer.accounts(), transfer.data())));
    }

    @Test
    void a_transfer_to_where_it_came_from_is_none() {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(0, uses.get(2));
        refused(
                Codes.NO_TRANSFER,
                TX + "transfer: expected two writable accounts and a mint, none of which signs, saw others",
                draft.transferAccounts(uses));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void both_token_accounts_are_writable(int account) {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(account, Call.Use.reads(uses.get(account).account()));
        refused(
                Codes.NO_TRANSFER,
                TX + "transfer: expected two writable accounts and a mint, none of which signs, saw others",
                draft.transferAccounts(uses));
    }

    @Test
    void nobody_pays_himself() {
        PaymentRequirements self = PaymentRequirements.of(
                Offline.KIND, offer.amount(), Offline.USDC, PAYER.toString(), 60, offer.extraOrEmpty());
        refused(
                ErrorCode.INVALID_PAYLOAD,
                "transfer: expected another payer than payTo",
                draft.destination(Pda.tokenAccount(PAYER, USDC, Programs.TOKEN))
                        .transferSource(STRANGER)
                        .payment(self));
    }

    // ---- S25: signers

    @Test
    void a_third_signer_is_refused() {
        refused(
                Codes.EXCESSIVE_SIGNERS,
                TX + "expected two signers, the fee payer and the payer, saw 3",
                draft.add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(STRANGER))));
    }

    @Test
    void a_payer_who_does_not_sign_is_refused() {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(3, Call.Use.reads(PAYER));
        refused(
                Codes.SIGNATURE,
                TX + "expected two signers, the fee payer and the payer, saw 1",
                draft.transferAccounts(uses));
    }

    @Test
    void the_second_signer_is_the_transfer_s_authority() {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(3, Call.Use.reads(STRANGER));
        refused(
                Codes.SIGNATURE,
                TX + "transfer: expected the second signer as its authority, saw another",
                draft.transferAccounts(uses).add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(PAYER))));
    }

    @Test
    void an_unsigned_payment_is_refused() {
        refused(
                Codes.SIGNATURE,
                TX + "expected the payer's signature, saw another or none",
                draft.payment(WireTransaction.unsigned(draft.message())));
    }

    @Test
    void a_stranger_s_signature_is_refused() {
        Message message = draft.message();
        refused(
                Codes.SIGNATURE,
                TX + "expected the payer's signature, saw another or none",
                draft.payment(WireTransaction.unsigned(message).signedBy(PAYER, Keys.STRANGER.sign(message.bytes()))));
    }

    @Test
    void a_signature_of_another_payment_is_refused() {
        Draft other = Draft.of(sides.pay(offer), Keys.PAYER);
        refused(
                Codes.SIGNATURE,
                TX + "expected the payer's signature, saw another or none",
                draft.payment(WireTransaction.unsigned(draft.message())
                        .signedBy(PAYER, other.signed().signature(1))));
    }

    @Test
    void an_account_stands_once_in_a_message() {
        refused(Codes.UNDECODABLE, TX + "expected every account once, saw one twice", draft.bent(bytes -> {
            System.arraycopy(bytes, 4 + 1 + 6 * 32, bytes, 4 + 1 + 7 * 32, 32);
            return bytes;
        }));
    }

    // ---- what is no transaction, and no offer

    @Test
    void bytes_that_are_no_transaction_have_a_code_of_their_own() {
        refused(
                Codes.UNDECODABLE,
                "/payload/transaction: expected signatures, saw the end",
                Offline.payment(offer, "AQ=="));
        refused(
                Codes.UNDECODABLE,
                "/payload/transaction: expected base64 of at most 1232 bytes, saw 1645 characters",
                Offline.payment(offer, "A".repeat(1_645)));
    }

    @Test
    void a_payload_without_a_transaction_is_none() {
        refused(
                ErrorCode.INVALID_PAYLOAD,
                "/payload/transaction: expected a value, saw nothing",
                Offline.payment(offer, Json.Obj.EMPTY));
    }

    @Test
    void what_was_accepted_is_what_is_asked() {
        Payment other = Payment.of(
                PaymentPayload.of(
                        null,
                        offer.withAmount(AtomicAmount.of(9_999)),
                        good.payload().payload()),
                offer);
        refused(
                ErrorCode.NO_MATCHING_REQUIREMENTS,
                "accepted: expected the asset, payTo and amount of the requirements, saw others",
                other);
    }

    @ParameterizedTest
    @CsvSource({"0", "18446744073709551616"})
    void an_amount_is_1_to_2_to_the_64th(String amount) {
        PaymentRequirements terms = offer.withAmount(AtomicAmount.parse(amount));
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "amount: expected 1 to 2^64-1, saw " + (amount.equals("0") ? "0" : "more"),
                Offline.payment(terms, good.payload().payload()));
    }

    @Test
    void an_asset_that_nobody_registered_is_refused() {
        PaymentRequirements terms = PaymentRequirements.of(
                Offline.KIND, offer.amount(), STRANGER.toString(), PAYEE.toString(), 60, offer.extraOrEmpty());
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "asset: expected one that is registered on " + Offline.NETWORK + ", saw another",
                Offline.payment(terms, good.payload().payload()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"merchant", "11111111111111111111111111111111", Offline.USDC, "111111111111111111111111111111111"
            })
    void a_payee_can_take_money(String payTo) {
        PaymentRequirements terms =
                PaymentRequirements.of(Offline.KIND, offer.amount(), Offline.USDC, payTo, 60, offer.extraOrEmpty());
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "payTo: expected base 58 of 32 bytes, neither zeros nor the asset",
                Offline.payment(terms, good.payload().payload()));
    }

    @Test
    void a_flow_is_known() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "extra.paymentFlow: expected authorization or upfront, saw another",
                extra("paymentFlow", Json.of("escrow")));
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "extra.paymentFlow: expected authorization or upfront, saw another",
                extra("paymentFlow", Json.of(true)));
        sound(extra("paymentFlow", Json.of("upfront")));
    }

    // ---- S26: clusters

    @ParameterizedTest
    @ValueSource(strings = {"solana:devnet", "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa0", "eip155:8453"})
    void a_cluster_is_named_by_its_genesis_hash(String network) {
        PaymentRequirements terms = PaymentRequirements.of(
                new Kind("exact", Network.parse(network)),
                offer.amount(),
                Offline.USDC,
                PAYEE.toString(),
                60,
                offer.extraOrEmpty());
        refused(
                ErrorCode.INVALID_NETWORK,
                "network: expected solana: and 32 characters of a genesis hash, saw " + network,
                Offline.payment(terms, good.payload().payload()));
    }

    private static Call guard() {
        return Call.of(Programs.LIGHTHOUSE, new byte[] {6, 0, 1}, Call.Use.reads(PAYER));
    }

    private static Call budget(int kind, long value, int bytes) {
        byte[] data = new byte[9];
        data[0] = (byte) kind;
        for (int i = 0; i < 8; i++) {
            data[1 + i] = (byte) (value >> (8 * i));
        }
        return new Call(Programs.COMPUTE_BUDGET, List.of(), Bytes.of(Arrays.copyOf(data, bytes)));
    }

    private PaymentRequirements memo(String text) {
        return offer.withExtra(offer.extraOrEmpty().with("memo", text));
    }

    private Payment extra(String member, Json value) {
        return Offline.payment(
                offer.withExtra(offer.extraOrEmpty().with(member, value)),
                good.payload().payload());
    }

    private void sound(Payment payment) {
        assertInstanceOf(
                Judgement.Sound.class, sides.judge.judge(payment), () -> String.valueOf(sides.judge.judge(payment)));
    }

    private void refused(ErrorCode code, String message, Draft odd) {
        refused(code, message, odd.payment());
    }

    private void refused(ErrorCode code, String message, Payment payment) {
        assertEquals(new Verification.Invalid(code, message, false), refused(payment));
    }

    private Verification.Invalid refused(Payment payment) {
        return assertInstanceOf(Judgement.Refused.class, sides.judge.judge(payment))
                .why();
    }
}
