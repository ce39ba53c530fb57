package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemePayload;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactEvmClientTest {
    final Offline sides = new Offline();
    final PaymentRequirements good = sides.offer(10_000);

    @Test
    void signs_the_offer_and_nothing_but_the_offer() {
        SchemePayload paid = pay(good);
        Authorization authorization = ExactPayload.parse(paid.payload()).authorization();
        assertEquals(DevAccounts.payer().address(), authorization.from().toString());
        assertEquals(DevAccounts.PAYEE.address(), authorization.to().toString());
        assertEquals(BigInteger.valueOf(10_000), authorization.value());
        assertEquals(BigInteger.ZERO, authorization.validAfter());
        assertEquals(BigInteger.valueOf(1_800_000_300), authorization.validBefore());
        assertEquals(Offline.NOW.plusSeconds(300), paid.liveUntil());
    }

    @Test
    void every_payment_has_a_nonce_of_its_own() {
        assertNotEquals(
                ExactPayload.parse(pay(good).payload()).authorization().nonce(),
                ExactPayload.parse(pay(good).payload()).authorization().nonce());
    }

    @ParameterizedTest
    @CsvSource({"599,599", "600,600", "601,600", "2147483647,600"})
    void a_signature_lives_ten_minutes_at_most(int asked, int lives) {
        assertEquals(Offline.NOW.plusSeconds(lives), pay(seconds(asked)).liveUntil());
    }

    @Test
    void more_than_the_ceiling_is_not_signed() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> sides.client().pay(good, new PayContext(Json.Obj.EMPTY, AtomicAmount.of(9_999), Offline.NOW)));
        assertEquals("offer.amount: expected at most 9999, saw 10000", refused.getMessage());
    }

    @Test
    void an_offer_of_a_registered_token_can_be_paid() {
        assertTrue(sides.client().canPay(good));
        assertTrue(sides.client().canPay(good.withExtra(Json.Obj.EMPTY)));
        assertTrue(sides.client().canPay(extra("assetTransferMethod", "eip3009")));
        assertTrue(sides.client().canPay(extra("paymentFlow", "upfront")));
        assertTrue(sides.client().canPay(good.withExtra(good.extraOrEmpty().with("name", Json.Null.NULL))));
    }

    @ParameterizedTest
    @CsvSource({
        "name,USD Coin",
        "version,1",
        "assetTransferMethod,permit2",
        "assetTransferMethod,erc7710",
        "assetTransferMethod,anything",
        "paymentFlow,escrow",
        "paymentFlow,Upfront"
    })
    void a_domain_or_way_that_only_the_offer_knows_is_not_signed(String member, String value) {
        assertFalse(sides.client().canPay(extra(member, value)));
    }

    @Test
    void a_token_that_only_the_offer_knows_is_not_signed_for() {
        PaymentRequirements offer = offer(World.KIND, DevAccounts.STRANGER.address(), DevAccounts.PAYEE.address());
        assertFalse(sides.client().canPay(offer.withExtra(good.extraOrEmpty())));
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> pay(offer));
        assertEquals("offer on eip155:84532: expected one that canPay said yes to, saw another", refused.getMessage());
    }

    @Test
    void a_token_of_another_chain_is_not_signed_for() {
        assertFalse(sides.client()
                .canPay(offer(
                        new Kind("exact", Network.parse("eip155:8453")),
                        TestDollar.ADDRESS,
                        DevAccounts.PAYEE.address())));
    }

    @Test
    void a_token_of_permit2_cannot_be_paid() {
        assertFalse(sides.client()
                .canPay(offer(
                        new Kind("exact", Network.parse("eip155:38833")),
                        "0xA5b8BF902b2844dA17d4506cc827F7F1681735E7",
                        DevAccounts.PAYEE.address())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merchant",
                "0x0000000000000000000000000000000000000000",
                "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
                "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"
            })
    void nobody_zero_the_token_and_the_payer_are_not_paid(String payTo) {
        assertFalse(sides.client().canPay(offer(World.KIND, TestDollar.ADDRESS, payTo)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eip155:084532", "eip155:0", "eip155:x", "eip155:84532000000000000000"})
    void a_chain_id_is_a_canonical_number(String network) {
        assertFalse(sides.client()
                .canPay(offer(
                        new Kind("exact", Network.parse(network)), TestDollar.ADDRESS, DevAccounts.PAYEE.address())));
    }

    @Test
    void nothing_is_not_paid() {
        assertFalse(sides.client().canPay(good.withAmount(AtomicAmount.ZERO)));
    }

    @Test
    void a_peers_wrong_checksum_is_compared_by_its_bytes() {
        assertTrue(sides.client()
                .canPay(offer(World.KIND, TestDollar.ADDRESS, "0x14DC79964da2C08b23698B3D3cc7Ca32193d9955")));
    }

    @Test
    void without_a_signer_there_is_no_payers_side() {
        Offline nobody = new Offline(Map.of());
        assertEquals(Optional.empty(), nobody.scheme.client(nobody));
    }

    private SchemePayload pay(PaymentRequirements offer) {
        return sides.client().pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), Offline.NOW));
    }

    private PaymentRequirements extra(String member, String value) {
        return good.withExtra(good.extraOrEmpty().with(member, value));
    }

    private PaymentRequirements seconds(int seconds) {
        return PaymentRequirements.of(
                World.KIND, good.amount(), good.asset(), good.payTo(), seconds, good.extraOrEmpty());
    }

    private static PaymentRequirements offer(Kind kind, String asset, String payTo) {
        return PaymentRequirements.of(kind, AtomicAmount.of(1), asset, payTo, 60, Json.Obj.EMPTY);
    }
}
