package dev.x402.scheme.exact.svm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a payer could send instead of an honest payment, signed by his own key as far as it can be signed. */
final class Forgeries {
    private static final SvmAddress STRANGER = Keys.address(Keys.STRANGER);
    private static final SvmAddress OTHER_FEE_PAYER = Keys.address(Keys.OTHER_FEE_PAYER);

    private final Payment honest;
    private final Draft draft;
    private final SvmAddress payer;
    private final SvmAddress feePayer;
    private final SvmAddress payee;
    private final Map<String, Payment> made = new LinkedHashMap<>();

    private Forgeries(Payment honest, SvmSigner payer) {
        this.honest = honest;
        this.draft = Draft.of(honest, payer);
        this.payer = Keys.address(payer);
        this.feePayer = draft.shape().feePayer();
        this.payee = SvmAddress.of(honest.requirements().payTo());
    }

    /** The same payment, whatever stands in the place of the signature that is not the payer's. */
    static Map<String, Payment> spellings(Payment honest, SvmSigner payer) {
        Forgeries spelled = new Forgeries(honest, payer);
        spelled.put("something in the fee payer's place", spelled.draft.raw(bytes -> set(bytes, 1, 7)));
        spelled.put("a member more", honest.payload().payload().with("signature", "none"));
        return spelled.made;
    }

    static Map<String, Payment> of(Payment honest, SvmSigner payer) {
        Forgeries forged = new Forgeries(honest, payer);
        forged.texts();
        forged.bytes();
        forged.signers();
        forged.budgets();
        forged.transfers();
        forged.drains();
        forged.rest();
        forged.offers();
        return forged.made;
    }

    private void texts() {
        String text = ExactPayload.text(honest.payload().payload());
        text("no text", "");
        text("no base64", "%" + text.substring(1));
        text("base64 of URLs", "-_" + text.substring(2));
        text("a line break", text + "\n");
        text("half of it", text.substring(0, text.length() / 2));
        text("base64 of 1,233 bytes", "A".repeat(1_644));
        text("a megabyte", "A".repeat(1 << 20));
        put("a number", Json.Obj.EMPTY.with("transaction", Json.of(7)));
        put("an object", Json.Obj.EMPTY.with("transaction", Json.Obj.EMPTY));
    }

    private void bytes() {
        raw("a byte more", bytes -> Arrays.copyOf(bytes, bytes.length + 1));
        raw("a byte less", bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        raw("one signature counted", bytes -> set(bytes, 0, 1));
        raw("three signatures counted", bytes -> set(bytes, 0, 3));
        raw("a length of two bytes for signatures", bytes -> set(bytes, 0, 0x82));
        raw("version 1", bytes -> set(bytes, 129, 0x81));
        raw("no signers", bytes -> set(bytes, 130, 0));
        raw("read-only signers alone", bytes -> set(bytes, 131, 2));
        raw("read-only accounts alone", bytes -> set(bytes, 132, 200));
        raw("accounts beyond the end", bytes -> set(bytes, 133, 0x7f));
        raw("a program beyond the accounts", bytes -> set(bytes, programAt(bytes), 0xff));
        raw("the fee payer as program", bytes -> set(bytes, programAt(bytes), 0));
        raw("an account beyond the accounts", bytes -> set(bytes, bytes.length - 1 - memoBytes() - 12 - 4, 0xff));
        raw("a lookup table without accounts", bytes -> table(bytes, false));
        put("a lookup table", draft.bent(bytes -> table(bytes, true)));
        put("an account twice", draft.bent(bytes -> {
            System.arraycopy(bytes, 5 + 6 * 32, bytes, 5 + 7 * 32, 32);
            return bytes;
        }));
        put("read-only token accounts", draft.bent(bytes -> set(bytes, 3, bytes[3] + 2)));
    }

    private void signers() {
        Message message = draft.message();
        byte[] signature = draft.signed().signature(1);
        signed("nobody", new byte[64]);
        signed("a stranger", Keys.STRANGER.sign(message.bytes()));
        signed("the first bit of r", set(signature, 0, signature[0] ^ 1));
        signed("the last bit of s", set(signature, 63, signature[63] ^ 0x10));
        byte[] high = signature.clone();
        addOrder(high);
        signed("s above the order", high);
        put("a third signer", draft.add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(STRANGER))));
        put("the fee payer alone", draft.transferAccounts(changed(3, Call.Use.reads(payer))));
        put("another fee payer of ours", draft.feePayer(OTHER_FEE_PAYER));
        put("a stranger as fee payer", draft.feePayer(STRANGER));
        put("the payer as fee payer", draft.feePayer(payer));
        put(
                "an authority that does not sign",
                draft.transferAccounts(changed(3, Call.Use.reads(STRANGER)))
                        .add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(payer))));
    }

    private void budgets() {
        put("no compute limit", draft.remove(0));
        put("no compute price", draft.remove(1));
        put("limit and price exchanged", draft.remove(0).insert(1, draft.call(0)));
        put("two limits", draft.insert(1, draft.call(0)));
        put("two prices", draft.insert(2, draft.call(1)));
        put("a second price at the end", draft.add(draft.call(1)));
        put("a limit of more than is allowed", data(0, 2, 400_001, 5));
        put("a limit of all there is", data(0, 2, 1_400_000, 5));
        put("a price of more than is allowed", data(1, 3, 5_000_001, 9));
        put("a price without end", data(1, 3, -1, 9));
        put("a heap frame for the limit", data(0, 1, 32 * 1024, 5));
        put("a limit of four bytes", data(0, 2, 20_000, 4));
        put("a limit of six bytes", data(0, 2, 20_000, 6));
        put("a price of eight bytes", data(1, 3, 1, 8));
        put("a limit with the fee payer", uses(0, Call.Use.writes(feePayer)));
        put("a price with the payer", uses(1, Call.Use.reads(payer)));
        put(
                "a limit of another program",
                draft.set(0, new Call(Programs.MEMO, List.of(), draft.call(0).data())));
    }

    private void transfers() {
        BigInteger amount = draft.shape().amount();
        put("one less", draft.transfer(amount.subtract(BigInteger.ONE), 6));
        put("one more", draft.transfer(amount.add(BigInteger.ONE), 6));
        put("nothing", draft.transfer(BigInteger.ZERO, 6));
        put("all that can be", draft.transfer(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE), 6));
        put("5 decimals", draft.transfer(amount, 5));
        put("another mint", draft.mint(STRANGER, draft.shape().destination()));
        put("to a stranger", draft.destination(tokenAccount(STRANGER)));
        put("to the payer's own account", draft.destination(tokenAccount(payer)));
        put("to the payee himself", draft.destination(payee));
        put("to the fee payer's account", draft.destination(tokenAccount(feePayer)));
        put(
                "to the account under the other token program",
                draft.destination(Pda.tokenAccount(payee, draft.shape().mint(), otherProgram())));
        put(
                "by the other token program",
                draft.set(
                        2,
                        new Call(
                                otherProgram(),
                                draft.call(2).accounts(),
                                draft.call(2).data())));
        put(
                "by a stranger's program",
                draft.set(
                        2,
                        new Call(
                                STRANGER,
                                draft.call(2).accounts(),
                                draft.call(2).data())));
        put("from where it goes to", draft.transferSource(draft.shape().destination()));
        put("an unchecked transfer", kind(3, 9));
        put("an approval", kind(13, 10));
        put("a burning", kind(15, 10));
        put("a transfer with a fee", kind(26, 10));
        put("a transfer of nine bytes", kind(12, 9));
        put("a transfer of eleven bytes", kind(12, 11));
        put("a transfer of no bytes", kind(12, 0));
        put("an account more", draft.transferAccounts(with(Call.Use.reads(STRANGER))));
        put("the fee payer as an account more", draft.transferAccounts(with(Call.Use.reads(feePayer))));
        put("no transfer", draft.remove(2));
    }

    private void drains() {
        put(
                "the fee payer as authority",
                draft.transferAccounts(changed(3, Call.Use.signer(feePayer)))
                        .add(Call.of(Programs.MEMO, new byte[0], Call.Use.signer(payer))));
        put("the fee payer as source", draft.transferSource(feePayer));
        put(
                "the fee payer in the memo",
                draft.set(3, Call.of(Programs.MEMO, draft.call(3).data().toArray(), Call.Use.signer(feePayer))));
        put(
                "another of ours in the memo",
                draft.set(3, Call.of(Programs.MEMO, draft.call(3).data().toArray(), Call.Use.reads(OTHER_FEE_PAYER))));
        put(
                "the fee payer in a guard",
                draft.add(Call.of(Programs.LIGHTHOUSE, new byte[] {6}, Call.Use.reads(feePayer))));
        put(
                "sol of the fee payer",
                draft.add(Call.of(
                        Programs.SYSTEM,
                        new byte[] {2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
                        Call.Use.signer(feePayer),
                        Call.Use.writes(payer))));
        put(
                "an account made at the fee payer's cost",
                draft.insert(
                        3,
                        Call.of(
                                Programs.ASSOCIATED_TOKEN,
                                new byte[] {1},
                                Call.Use.signer(feePayer),
                                Call.Use.writes(tokenAccount(STRANGER)))));
    }

    private void rest() {
        put("a durable nonce", draft.insert(0, nonce()));
        put("a durable nonce at the end", draft.add(nonce()));
        put("a stranger's program at the end", draft.add(Call.of(STRANGER, new byte[1])));
        put(
                "the memo program of old",
                draft.set(3, Call.of(SvmAddress.of("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"), new byte[1])));
        put("a second transfer", draft.insert(3, draft.call(2)));
        put("a guard before the transfer", draft.insert(2, guard()));
        put("eight instructions", draft.add(guard(), guard(), guard(), guard()));
        put("two instructions", draft.remove(3).remove(0));
        put("a memo of 257 bytes", draft.set(3, Call.of(Programs.MEMO, new byte[257])));
        put("a memo that is no text", draft.set(3, Call.of(Programs.MEMO, new byte[] {(byte) 0xc3, 0x28})));
    }

    private void offers() {
        extra("no fee payer", extra -> extra.without("feePayer"));
        extra("a fee payer that is none", extra -> extra.with("feePayer", "1".repeat(54)));
        extra("a fee payer that is a number", extra -> extra.with("feePayer", Json.of(1)));
        extra("a fee payer of nobody", extra -> extra.with("feePayer", STRANGER.toString()));
        extra("another fee payer of ours in the offer", extra -> extra.with("feePayer", OTHER_FEE_PAYER.toString()));
        extra("another memo", extra -> extra.with("memo", "pi_3abc123def456"));
        extra("a memo of 257 bytes in the offer", extra -> extra.with("memo", "m".repeat(257)));
        extra("a memo that is a number", extra -> extra.with("memo", Json.of(1)));
        extra("another flow", extra -> extra.with("paymentFlow", "escrow"));
        extra("a flow that is no text", extra -> extra.with("paymentFlow", Json.of(true)));
        Draft twice = draft.add(Transfers.memo("invoice 7"));
        made.put(
                "two memos where the seller asks for one",
                twice.payment(honest.requirements()
                        .withExtra(honest.requirements().extraOrEmpty().with("memo", "invoice 7"))));
        made.put(
                "no memo where the seller asks for one",
                draft.remove(3)
                        .payment(honest.requirements()
                                .withExtra(honest.requirements().extraOrEmpty().with("memo", "invoice 7"))));
        offer("nobody as payee", "payTo", Programs.SYSTEM.toString());
        offer("the asset as payee", "payTo", draft.shape().mint().toString());
        offer("the payer as payee", "payTo", payer.toString());
        offer("a payee that is none", "payTo", "merchant");
        offer("a payee of 31 bytes", "payTo", "1".repeat(31));
        offer("an asset that is none", "asset", "USDC");
        offer("an asset that nobody knows", "asset", STRANGER.toString());
        offer("more than 64 bits", "amount", BigInteger.ONE.shiftLeft(64).toString());
        made.put(
                "nothing at all",
                draft.transfer(BigInteger.ZERO, 6).payment(honest.requirements().withAmount(AtomicAmount.ZERO)));
    }

    private SvmAddress tokenAccount(SvmAddress owner) {
        return Pda.tokenAccount(owner, draft.shape().mint(), draft.shape().tokenProgram());
    }

    private SvmAddress otherProgram() {
        return draft.shape().tokenProgram().equals(Programs.TOKEN) ? Programs.TOKEN_2022 : Programs.TOKEN;
    }

    private Call nonce() {
        return Call.of(Programs.SYSTEM, new byte[] {4, 0, 0, 0}, Call.Use.writes(STRANGER), Call.Use.signer(payer));
    }

    private Call guard() {
        return Call.of(Programs.LIGHTHOUSE, new byte[] {6, 0, 1}, Call.Use.reads(payer));
    }

    private List<Call.Use> changed(int account, Call.Use use) {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.set(account, use);
        return uses;
    }

    private List<Call.Use> with(Call.Use more) {
        List<Call.Use> uses = new ArrayList<>(draft.call(2).accounts());
        uses.add(more);
        return uses;
    }

    private Draft uses(int index, Call.Use... uses) {
        return draft.set(
                index,
                new Call(
                        draft.call(index).program(),
                        List.of(uses),
                        draft.call(index).data()));
    }

    private Draft data(int index, int kind, long value, int bytes) {
        byte[] data = new byte[9];
        data[0] = (byte) kind;
        for (int i = 0; i < 8; i++) {
            data[1 + i] = (byte) (value >> (8 * i));
        }
        return draft.set(index, new Call(Programs.COMPUTE_BUDGET, List.of(), Bytes.of(Arrays.copyOf(data, bytes))));
    }

    private Draft kind(int kind, int bytes) {
        byte[] data = Arrays.copyOf(draft.call(2).data().toArray(), bytes);
        return draft.transferData(bytes == 0 ? data : set(data, 0, kind));
    }

    private int memoBytes() {
        return draft.call(3).data().size() + 3;
    }

    /** The first instruction's program, behind the accounts and the blockhash. */
    private static int programAt(byte[] bytes) {
        return 134 + 32 * bytes[133] + 32 + 1;
    }

    private byte[] table(byte[] bytes, boolean withAccount) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + 34 + (withAccount ? 1 : 0));
        more[bytes.length - 1] = 1;
        STRANGER.put(more, bytes.length);
        more[bytes.length + 32] = (byte) (withAccount ? 1 : 0);
        return more;
    }

    /** The same number modulo the order of the group, which a careless verifier takes as well. */
    private static void addOrder(byte[] signature) {
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
        byte[] sum = new BigInteger(1, s).add(order).toByteArray();
        byte[] wide = new byte[32];
        int length = Math.min(32, sum.length);
        System.arraycopy(sum, sum.length - length, wide, 32 - length, length);
        System.arraycopy(reversed(wide), 0, signature, 32, 32);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return other;
    }

    private static byte[] set(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private void text(String how, String text) {
        put(how, Json.Obj.EMPTY.with("transaction", text));
    }

    private void raw(String how, UnaryOperator<byte[]> change) {
        put(how, draft.raw(change));
    }

    private void signed(String how, byte[] signature) {
        put(
                "signed by " + how,
                draft.payment(WireTransaction.unsigned(draft.message()).signedBy(payer, signature)));
    }

    private void put(String how, Draft odd) {
        put(how, odd.payment());
    }

    private void put(String how, Json.Obj payload) {
        put(how, Offline.payment(honest.requirements(), payload));
    }

    private void put(String how, Payment payment) {
        made.put(how, payment);
    }

    private void extra(String how, UnaryOperator<Json.Obj> change) {
        made.put(
                how,
                draft.payment(honest.requirements()
                        .withExtra(change.apply(honest.requirements().extraOrEmpty()))));
    }

    /** The payer agrees to odd terms and signs what they ask, as far as that can be signed. */
    private void offer(String how, String member, String value) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(honest.requirements());
        PaymentRequirements terms = Codec.PAYMENT_REQUIREMENTS.of(wire.with(member, value));
        SvmAddress owner = SvmAddress.find(terms.payTo()).orElse(payee);
        made.put(how, draft.destination(tokenAccount(owner)).payment(terms));
    }
}
