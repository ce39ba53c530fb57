package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Lane;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Verification;
import dev.x402.testbed.evm.DevAccounts;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any node is asked, and what one batch asks of it. */
class JudgementTest {
    final FakeNode node = new FakeNode();
    final Offline sides = new Offline(Map.of(
            EvmSigner.class, World.key(DevAccounts.payer()),
            EvmRpc.class, node,
            EvmFacilitatorConfig.class,
                    EvmFacilitatorConfig.of(
                            EvmSettlementPolicy.of(World.NETWORK, World.key(DevAccounts.facilitator())))));
    final SchemeFacilitator facilitator = sides.scheme.facilitator(sides).orElseThrow();
    final Payment good = sides.pay(sides.offer(10_000));

    @Test
    void a_good_payment_costs_one_batch() {
        assertEquals(valid(), facilitator.verify(good, Offline.NOW));
        assertEquals(valid(), facilitator.verify(good, Offline.NOW));
        assertEquals(
                List.of(
                        List.of("eth_call", "eth_call", "eth_call", "eth_chainId"),
                        List.of("eth_call", "eth_call", "eth_call")),
                node.asked);
    }

    @Test
    void another_spelling_of_every_address_is_the_same_payment() {
        Payment shouted = Offline.edited(
                Offline.edited(good, "from", upper(DevAccounts.payer().address())),
                "to",
                Json.of(DevAccounts.PAYEE.address().toLowerCase(Locale.ROOT)));
        assertEquals(valid(), facilitator.verify(shouted, Offline.NOW));
        assertEquals(sides.scheme.key(good), sides.scheme.key(shouted));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 27, 28})
    void v_in_both_habits_and_the_compact_form_are_the_same_signature(int v) {
        Signature signature = World.transfer(good).signature();
        byte[] bytes = signature.toBytes();
        bytes[64] = (byte) (v >= 27 ? 27 + signature.parity() : signature.parity());
        assertEquals(valid(), facilitator.verify(signed(Hex.of(bytes)), Offline.NOW));
        byte[] compact = Arrays.copyOf(bytes, 64);
        compact[32] |= (byte) (signature.parity() << 7);
        assertEquals(valid(), facilitator.verify(signed(Hex.of(compact)), Offline.NOW));
    }

    @Test
    void a_payment_for_another_payee_is_refused() {
        refused(
                Codes.RECIPIENT,
                "payload.authorization.to: expected payTo, saw another account",
                Offline.edited(good, "to", Json.of(DevAccounts.STRANGER.address())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999", "10001", "0", "100000000000000000000"})
    void an_amount_is_exact(String value) {
        refused(
                Codes.VALUE,
                "payload.authorization.value: expected exactly 10000, saw " + value,
                Offline.edited(good, "value", Json.of(value)));
    }

    @ParameterizedTest
    @CsvSource({"1800000005", "1799999999", "0"})
    void an_authorization_that_ends_within_six_seconds_is_refused(String validBefore) {
        refused(
                Codes.VALID_BEFORE,
                "payload.authorization.validBefore: expected at least 6 seconds from now, saw less",
                Offline.edited(good, "validBefore", Json.of(validBefore)));
    }

    @ParameterizedTest
    @CsvSource({"1800000901", "1831536000", "18446744073709551616"})
    void an_authorization_that_lives_ten_minutes_longer_than_was_asked_is_refused(String validBefore) {
        refused(
                Codes.VALID_BEFORE,
                "payload.authorization.validBefore: expected at most 900 seconds from now, which is maxTimeoutSeconds"
                        + " and 600, saw more"
                        + (validBefore.length() > 12 ? "; seconds are expected, these look like milliseconds" : ""),
                Offline.edited(good, "validBefore", Json.of(validBefore)));
    }

    @Test
    void an_authorization_may_live_ten_minutes_longer_than_was_asked() {
        SignedTransfer asked = World.transfer(good);
        Authorization terms = asked.authorization();
        SignedTransfer longer = World.signed(new Authorization(
                terms.from(),
                terms.to(),
                terms.value(),
                terms.validAfter(),
                BigInteger.valueOf(1_800_000_900),
                terms.nonce()));
        Payment edited = Offline.edited(good, "validBefore", Json.of("1800000900"));
        Payment payment = Offline.with(
                edited,
                edited.payload()
                        .payload()
                        .with("signature", Hex.of(longer.signature().toBytes())));
        assertEquals(valid(), facilitator.verify(payment, Offline.NOW));
    }

    @Test
    void an_authorization_that_begins_later_is_refused() {
        refused(
                Codes.VALID_AFTER,
                "payload.authorization.validAfter: expected at most the time now, saw a later one",
                Offline.edited(good, "validAfter", Json.of("1800000001")));
    }

    @Test
    void milliseconds_are_recognised() {
        refused(
                Codes.VALID_AFTER,
                "payload.authorization.validAfter: expected at most the time now, saw a later one; seconds are expected,"
                        + " these look like milliseconds",
                Offline.edited(
                        Offline.edited(good, "validAfter", Json.of("1800000000000")),
                        "validBefore",
                        Json.of("1800000300000")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x",
                "0x00",
                "0x" + "11" + "0000000000000000000000000000000000000000000000000000000000000000",
                "0x6492649264926492649264926492649264926492649264926492649264926492"
            })
    void a_signature_of_another_length_is_refused(String signature) {
        refused(
                Codes.SIGNATURE,
                "payload.signature: expected r, a low s and v of 0, 1, 27 or 28, or 64 bytes by EIP-2098, saw "
                        + (signature.length() / 2 - 1) + " bytes that are not",
                signed(signature));
    }

    @Test
    void a_high_s_is_refused() {
        Signature signature = World.transfer(good).signature();
        byte[] high = signature.toBytes();
        Hex.putWord(high, 32, Signature.ORDER.subtract(signature.s()));
        high[64] = (byte) (55 - high[64]);
        refused(
                Codes.SIGNATURE,
                "payload.signature: expected r, a low s and v of 0, 1, 27 or 28, or 64 bytes by EIP-2098, saw 65 bytes"
                        + " that are not",
                signed(Hex.of(high)));
    }

    @Test
    void a_signature_of_somebody_else_is_refused() {
        Token token = World.token();
        byte[] stranger = World.key(DevAccounts.STRANGER)
                .sign(token.digest(World.transfer(good).authorization()));
        refused(
                Codes.SIGNATURE,
                "payload.signature: expected one of payload.authorization.from over these terms, saw another; contract"
                        + " accounts are not served",
                signed(Hex.of(stranger)));
    }

    @Test
    void a_payer_of_zero_is_refused_whatever_the_signature() {
        assertEquals(
                Codes.SIGNATURE,
                invalid(Offline.edited(good, "from", Json.of("0x0000000000000000000000000000000000000000")))
                        .code());
    }

    @Test
    void a_payer_who_pays_himself_is_refused() {
        PaymentRequirements offer = new PaymentRequirements(
                "exact",
                World.NETWORK,
                AtomicAmount.of(10_000),
                good.requirements().asset(),
                DevAccounts.payer().address(),
                300,
                good.requirements().extra(),
                Json.Obj.EMPTY);
        refused(
                ErrorCode.INVALID_PAYLOAD,
                "payload.authorization.from: expected another account than payTo",
                Offline.with(
                        Offline.edited(good, "to", Json.of(DevAccounts.payer().address())), offer));
    }

    @Test
    void a_payment_without_the_domain_is_refused() {
        refused(
                Codes.MISSING_DOMAIN,
                "extra: expected name and version of the token's EIP-712 domain",
                Offline.with(good, good.requirements().withExtra(Json.Obj.EMPTY)));
    }

    @Test
    void a_domain_that_is_not_the_registered_one_is_refused() {
        refused(
                Codes.NAME,
                "extra.name: expected USDC, saw another",
                Offline.with(
                        good,
                        good.requirements()
                                .withExtra(good.requirements().extraOrEmpty().with("name", "USD Coin"))));
        refused(
                Codes.VERSION,
                "extra.version: expected 2, saw another",
                Offline.with(
                        good,
                        good.requirements()
                                .withExtra(good.requirements().extraOrEmpty().with("version", "1"))));
    }

    @Test
    void another_way_to_transfer_is_refused() {
        refused(
                Codes.PAYLOAD_TYPE,
                "extra.assetTransferMethod: expected eip3009, saw another",
                Offline.with(
                        good,
                        good.requirements()
                                .withExtra(good.requirements().extraOrEmpty().with("assetTransferMethod", "permit2"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"escrow", "Upfront", ""})
    void an_unknown_flow_is_refused(String flow) {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "extra.paymentFlow: expected authorization or upfront, saw another",
                Offline.with(
                        good,
                        good.requirements()
                                .withExtra(good.requirements().extraOrEmpty().with("paymentFlow", flow))));
    }

    @Test
    void an_asset_that_nobody_registered_is_refused() {
        refused(
                Codes.NOT_EIP3009,
                "asset: expected one whose EIP-712 domain is known here, saw another on eip155:84532",
                Offline.with(
                        good,
                        changed(
                                DevAccounts.STRANGER.address(),
                                good.requirements().payTo())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USDC", "USD", "usd", "0x036CbD53842c5426634e7929541eC2318f3dCF7", "4zMMC9srt5Ri5X14"})
    void an_asset_that_is_no_address_is_refused(String asset) {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "asset: expected 0x and 40 hexadecimal digits",
                Offline.with(good, changed(asset, good.requirements().payTo())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merchant",
                "vitalik.eth",
                "0x0000000000000000000000000000000000000000",
                "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
                "0X14dC79964da2C08b23698B3D3cc7Ca32193d9955",
                "14dC79964da2C08b23698B3D3cc7Ca32193d9955",
                "0x14dC79964da2C08b23698B3D3cc7Ca32193d995",
                "0x14dC79964da2C08b23698B3D3cc7Ca32193d99555"
            })
    void a_payee_that_can_take_no_money_is_refused(String payTo) {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "payTo: expected 0x and 40 hexadecimal digits, neither zero nor the asset",
                Offline.with(good, changed(good.requirements().asset(), payTo)));
    }

    @Test
    void nothing_is_no_amount() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "amount: expected 1 to 2^256-1, saw 0",
                Offline.with(good, good.requirements().withAmount(AtomicAmount.ZERO)));
    }

    @Test
    void an_amount_that_no_word_holds_is_refused() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "amount: expected 1 to 2^256-1, saw more",
                Offline.with(good, good.requirements().withAmount(new AtomicAmount(BigInteger.TWO.pow(256)))));
    }

    @Test
    void an_accepted_offer_that_is_not_the_sellers_is_refused() {
        PaymentRequirements terms = good.requirements();
        refused(
                ErrorCode.NO_MATCHING_REQUIREMENTS,
                "accepted: expected the asset, payTo and amount of the requirements, saw others",
                Payment.of(
                        PaymentPayload.of(
                                null,
                                terms.withAmount(AtomicAmount.of(1)),
                                good.payload().payload()),
                        terms));
    }

    @Test
    void an_accepted_network_that_is_not_the_sellers_is_refused() {
        PaymentRequirements terms = good.requirements();
        PaymentRequirements base = PaymentRequirements.of(
                new Kind("exact", Network.parse("eip155:8453")),
                terms.amount(),
                terms.asset(),
                terms.payTo(),
                300,
                terms.extraOrEmpty());
        refused(
                ErrorCode.INVALID_NETWORK,
                "accepted.network: expected eip155:84532, saw eip155:8453",
                Payment.of(PaymentPayload.of(null, base, good.payload().payload()), terms));
    }

    @Test
    void a_network_that_is_not_switched_on_is_refused() {
        PaymentRequirements terms = good.requirements();
        PaymentRequirements base = PaymentRequirements.of(
                new Kind("exact", Network.parse("eip155:8453")),
                terms.amount(),
                terms.asset(),
                terms.payTo(),
                300,
                terms.extraOrEmpty());
        refused(
                ErrorCode.INVALID_NETWORK,
                "network: expected one of [eip155:84532], saw eip155:8453",
                Offline.with(good, base));
    }

    @Test
    void a_payload_of_permit2_is_named_as_such() {
        refused(
                Codes.PAYLOAD_TYPE,
                "payload: expected an authorization by EIP-3009, saw Permit2",
                Offline.with(
                        good, Json.Obj.EMPTY.with("signature", "0x").with("permit2Authorization", Json.Obj.EMPTY)));
    }

    @Test
    void a_payload_with_two_ways_to_transfer_is_ambiguous() {
        refused(
                ErrorCode.INVALID_PAYLOAD,
                "/payload/permit2Authorization: expected only one of authorization and permit2Authorization, saw an"
                        + " object",
                Offline.with(good, good.payload().payload().with("permit2Authorization", Json.Obj.EMPTY)));
    }

    @Test
    void a_node_of_another_chain_makes_the_answer_unavailable() {
        node.chainId = "0x1";
        Verification.Unavailable unavailable =
                assertInstanceOf(Verification.Unavailable.class, facilitator.verify(good, Offline.NOW));
        assertEquals("fake: expected chain id 84532, saw 1; correct the address of the node", unavailable.message());
    }

    @Test
    void a_node_that_never_has_a_final_block_is_unavailable_and_says_what_to_do() {
        Lane lane = facilitator.lanes(List.of(good)).get(0);
        RailUnavailableException unavailable =
                assertThrows(RailUnavailableException.class, () -> facilitator.confirmedNext(lane, Offline.NOW));
        assertEquals(
                "fake: expected a final block, saw none; if this node never has one, set confirmations in the policy of"
                        + " the network",
                unavailable.getMessage());
    }

    private void refused(ErrorCode code, String message, Payment payment) {
        assertEquals(new Verification.Invalid(code, message, false), facilitator.verify(payment, Offline.NOW));
        assertEquals(List.of(), node.asked, "no node is asked");
    }

    private Verification.Invalid invalid(Payment payment) {
        return assertInstanceOf(Verification.Invalid.class, facilitator.verify(payment, Offline.NOW));
    }

    private Payment signed(String signature) {
        return Offline.with(good, good.payload().payload().with("signature", signature));
    }

    private PaymentRequirements changed(String asset, String payTo) {
        PaymentRequirements terms = good.requirements();
        return PaymentRequirements.of(
                terms.kind(), terms.amount(), asset, payTo, terms.maxTimeoutSeconds(), terms.extraOrEmpty());
    }

    private static Json upper(String address) {
        return Json.of("0x" + address.substring(2).toUpperCase(Locale.ROOT));
    }

    private static Verification valid() {
        return new Verification.Valid(DevAccounts.payer().address(), Json.Obj.EMPTY);
    }
}
