package dev.x402.scheme.exact.evm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a payer of an EIP-3009 token could send instead of an honest payment. */
final class Forgeries {
    private static final BigInteger FAR = BigInteger.valueOf(1_000_000);
    private static final Token DOLLAR = Token.of(
            BigInteger.valueOf(84_532), Address.find(TestDollar.ADDRESS).orElseThrow(), "USDC", "2");

    private final Payment honest;
    private final EvmSigner payer;
    private final ExactPayload proof;
    private final Map<String, Payment> made = new LinkedHashMap<>();

    private Forgeries(Payment honest, EvmSigner payer) {
        this.honest = honest;
        this.payer = payer;
        this.proof = ExactPayload.parse(honest.payload().payload());
    }

    static Map<String, Payment> spellings(Payment honest, EvmSigner payer) {
        Forgeries spelled = new Forgeries(honest, payer);
        byte[] signature = spelled.proof.signature().toArray();
        int parity = signature[64] - 27;
        spelled.signature("v of 0 or 1", last(signature, parity));
        spelled.signature("64 bytes by EIP-2098", compact(signature, parity));
        spelled.put(
                "large letters",
                text -> text.with(
                        "signature", "0x" + hex(signature).substring(2).toUpperCase(Locale.ROOT)));
        spelled.put("a member for Permit2 that is null", text -> text.with("permit2Authorization", Json.Null.NULL));
        return spelled.made;
    }

    static Map<String, Payment> of(Payment honest, EvmSigner payer) {
        Forgeries forged = new Forgeries(honest, payer);
        forged.signatures();
        forged.shapes();
        forged.times();
        forged.offers();
        return forged.made;
    }

    private void signatures() {
        byte[] signature = proof.signature().toArray();
        int parity = signature[64] - 27;
        signature("v of 2", last(signature, 2));
        signature("v of 29", last(signature, 29));
        signature("v of the other parity", last(signature, 28 - parity));
        signature("66 bytes", Arrays.copyOf(signature, 66));
        signature("63 bytes", Arrays.copyOf(signature, 63));
        signature("none", new byte[0]);
        signature("compact with the other parity", compact(signature, 1 - parity));
        byte[] high = last(signature, 28 - parity);
        Hex.putWord(high, 32, Signature.ORDER.subtract(new BigInteger(1, signature, 32, 32)));
        signature("the high s of the same meaning", high);
        signature("r of 0", word(signature, 0, BigInteger.ZERO));
        signature("r of the order", word(signature, 0, Signature.ORDER));
        signature("s of 0", word(signature, 32, BigInteger.ZERO));
        signature("s one above half of the order", word(signature, 32, Signature.HALF_ORDER.add(BigInteger.ONE)));
        signature("s of the order", word(signature, 32, Signature.ORDER));
        put("4,097 bytes", text -> text.with("signature", "0x" + "00".repeat(4_097)));
    }

    private void shapes() {
        Json permit = Json.object().put("from", payer.address()).build();
        put("Permit2 instead", text -> text.without("authorization").with("permit2Authorization", permit));
        put("Permit2 as well", text -> text.with("permit2Authorization", permit));
        member("value", "01000");
        member("value", "1" + "0".repeat(78));
        member("value", "999999999999999999999999999999999999999999999999999999999999999999999999999999");
        member("value", "1/0");
        member("value", "1:0");
        member("value", "");
        member("nonce", "0x" + "00".repeat(31));
        member("nonce", "0x" + "00".repeat(33));
        member("from", payer.address().substring(2));
        member("to", payer.address() + "00");
        member("to", payer.address().substring(0, 41) + "g");
    }

    private void times() {
        Authorization right = proof.authorization();
        signed(
                "a beginning to come",
                right.validAfter().add(right.validBefore()),
                right.validBefore().add(FAR));
        signed(
                "a beginning in milliseconds",
                right.validBefore().multiply(BigInteger.valueOf(1_000)),
                right.validBefore());
        signed(
                "an end beyond what was asked",
                right.validAfter(),
                right.validBefore().add(FAR));
        signed("an end in milliseconds", right.validAfter(), right.validBefore().multiply(BigInteger.valueOf(1_000)));
        signed("an end of long ago", right.validAfter(), BigInteger.ONE);
        signed("no end", right.validAfter(), BigInteger.ZERO);
    }

    private void offers() {
        extra("no name", extra -> extra.without("name"));
        extra("no version", extra -> extra.without("version"));
        extra("another name", extra -> extra.with("name", "USD Coin"));
        extra("another version", extra -> extra.with("version", "1"));
        extra("another method", extra -> extra.with("assetTransferMethod", "permit2"));
        extra("a method that is no text", extra -> extra.with("assetTransferMethod", Json.of(3)));
        extra("another flow", extra -> extra.with("paymentFlow", "escrow"));
        extra("a flow that is no text", extra -> extra.with("paymentFlow", Json.of(true)));
        offer("nobody as payee", "payTo", "0x" + "00".repeat(20));
        offer("the asset as payee", "payTo", TestDollar.ADDRESS);
        offer("the payer as payee", "payTo", payer.address());
        offer("a payee that is none", "payTo", "merchant");
        offer("an asset that is none", "asset", "USDC");
        offer("an asset that nobody knows", "asset", DevAccounts.STRANGER.address());
        offer("more than a word holds", "amount", BigInteger.ONE.shiftLeft(256).toString());
        terms("nothing at all", honest.requirements().withAmount(AtomicAmount.ZERO));
    }

    private static byte[] last(byte[] signature, int v) {
        byte[] changed = signature.clone();
        changed[64] = (byte) v;
        return changed;
    }

    private static byte[] compact(byte[] signature, int parity) {
        byte[] changed = Arrays.copyOf(signature, 64);
        changed[32] |= (byte) (parity << 7);
        return changed;
    }

    private static byte[] word(byte[] signature, int at, BigInteger value) {
        byte[] changed = signature.clone();
        Hex.putWord(changed, at, value);
        return changed;
    }

    private static String hex(byte[] bytes) {
        return Hex.of(bytes);
    }

    private void signature(String how, byte[] bytes) {
        put(how, text -> text.with("signature", hex(bytes)));
    }

    private void member(String name, String value) {
        put(name + " of " + value.length() + " characters, " + made.size(), text -> {
            Json.Obj authorization = (Json.Obj) text.find("authorization").orElseThrow();
            return text.with("authorization", authorization.with(name, value));
        });
    }

    private void signed(String how, BigInteger after, BigInteger before) {
        Authorization right = proof.authorization();
        made.put(
                how,
                payment(
                        honest.requirements(),
                        authorized(new Authorization(
                                right.from(), right.to(), right.value(), after, before, right.nonce()))));
    }

    private Json.Obj authorized(Authorization authorization) {
        Signature signature = Signature.ofSigner(payer.sign(DOLLAR.digest(authorization)));
        return Json.Obj.EMPTY.with("signature", hex(signature.toBytes())).with("authorization", authorization.toJson());
    }

    private void put(String how, UnaryOperator<Json.Obj> change) {
        made.put(
                how,
                payment(honest.requirements(), change.apply(honest.payload().payload())));
    }

    private void extra(String how, UnaryOperator<Json.Obj> change) {
        terms(
                how,
                honest.requirements()
                        .withExtra(change.apply(honest.requirements().extraOrEmpty())));
    }

    private void offer(String how, String member, String value) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(honest.requirements());
        terms(how, Codec.PAYMENT_REQUIREMENTS.of(wire.with(member, value)));
    }

    /** The payer agrees to odd terms and signs them as far as they can be signed. */
    private void terms(String how, PaymentRequirements terms) {
        Authorization right = proof.authorization();
        Authorization odd = new Authorization(
                right.from(),
                Address.find(terms.payTo()).orElse(right.to()),
                terms.amount().value().bitLength() > 256
                        ? right.value()
                        : terms.amount().value(),
                right.validAfter(),
                right.validBefore(),
                right.nonce());
        made.put(how, payment(terms, authorized(odd)));
    }

    private Payment payment(PaymentRequirements terms, Json.Obj payload) {
        return Payment.of(PaymentPayload.of(honest.payload().resource(), terms, payload), terms);
    }
}
