package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.exact.svm.Judge.Judgement;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemePayload;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSvmClientTest {
    final Offline sides = new Offline();
    final FakeChain chain = new FakeChain();
    final PaymentRequirements good = sides.offer(10_000);
    final PaymentRequirements bare = good.withExtra(good.extraOrEmpty().without("recentBlockhash"));
    final PaymentRequirements other = sides.offer(Offline.draft(10_000, Offline.DOLLAR_2022));

    @Test
    void signs_the_offer_and_nothing_but_the_offer() {
        TransferShape shape = shape(pay(good));
        assertEquals(Keys.address(Keys.FEE_PAYER), shape.feePayer());
        assertEquals(Keys.address(Keys.PAYER), shape.authority());
        assertEquals(
                Pda.tokenAccount(Keys.address(Keys.PAYEE), SvmAddress.of(Offline.USDC), Programs.TOKEN),
                shape.destination());
        assertEquals(BigInteger.valueOf(10_000), shape.amount());
        assertEquals(6, shape.decimals());
        assertEquals(20_000, shape.computeUnits());
        assertEquals(BigInteger.ONE, shape.price());
        assertEquals(Offline.BLOCKHASH, shape.blockhash());
    }

    @Test
    void the_fee_payer_s_place_is_left_empty() {
        WireTransaction transaction = ExactPayload.parse(pay(good).payload());
        assertEquals(List.of(0), List.of(sum(transaction.signature(0))));
        assertNotEquals(0, sum(transaction.signature(1)));
    }

    @Test
    void a_payment_lives_no_longer_than_its_blockhash_may() {
        assertEquals(Offline.NOW.plusSeconds(150), pay(good).liveUntil());
    }

    @Test
    void every_payment_has_a_memo_of_32_random_digits() {
        String first = memo(pay(good));
        assertTrue(first.matches("[0-9a-f]{32}"), first);
        assertNotEquals(first, memo(pay(good)));
    }

    @Test
    void the_seller_s_memo_is_used_and_two_payments_still_differ() {
        PaymentRequirements asked = extra(good, "memo", "Rechnung 7 – größe");
        assertEquals("Rechnung 7 – größe", memo(pay(asked)));
        assertNotEquals(key(asked), key(asked));
        sound(asked);
    }

    @Test
    void a_long_memo_of_the_seller_has_compute_units_of_its_own() {
        long units = shape(pay(extra(good, "memo", "m".repeat(256)))).computeUnits();
        assertTrue(units >= 20_000 + 224 * 400 && units < 20_000 + 224 * 400 + 4_096, "units " + units);
        sound(extra(good, "memo", "m".repeat(256)));
    }

    @Test
    void the_offer_s_blockhash_saves_the_question() {
        pay(good);
        assertEquals(List.of(), chain.asked);
    }

    @Test
    void without_a_blockhash_in_the_offer_the_chain_is_asked() {
        assertEquals(Offline.BLOCKHASH, shape(pay(bare)).blockhash());
        assertEquals(List.of("blockhash"), chain.asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "11111111111111111111111111111111",
                "deadbeef",
                "111111111111111111111111111111111111111111111111111111",
                "0OIl1111111111111111111111111111111111111111"
            })
    void a_blockhash_that_is_none_is_not_used(String hash) {
        pay(extra(bare, "recentBlockhash", hash));
        assertEquals(List.of("blockhash"), chain.asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "", "1e3", "1234567890123456789"})
    void a_blockhash_with_a_height_that_is_none_is_not_used(String height) {
        pay(extra(good, "lastValidBlockHeight", height));
        assertEquals(List.of("blockhash"), chain.asked);
    }

    @Test
    void a_height_is_a_number_or_its_digits() {
        pay(extra(good, "lastValidBlockHeight", "250000000"));
        pay(good.withExtra(good.extraOrEmpty().with("lastValidBlockHeight", Json.of(250_000_000))));
        assertEquals(List.of(), chain.asked);
    }

    @Test
    void a_mint_without_a_registered_program_is_read_once() {
        ExactSvmClient client = client();
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    Programs.TOKEN_2022,
                    shape(client.pay(other, context(other))).tokenProgram());
        }
        assertEquals(List.of("mint"), chain.asked);
    }

    @Test
    void a_mint_of_other_decimals_than_registered_is_not_paid() {
        chain.decimals = 9;
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> pay(other));
        assertEquals(
                "offer.asset: expected a mint of SPL Token or Token-2022 with 6 decimals, as it is registered, saw 9 of"
                        + " TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb on the chain",
                refused.getMessage());
    }

    @Test
    void an_account_of_another_program_is_no_mint() {
        chain.program = Programs.SYSTEM;
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> pay(other));
        assertEquals(
                "offer.asset: expected a mint of SPL Token or Token-2022 with 6 decimals, as it is registered, saw 6 of"
                        + " 11111111111111111111111111111111 on the chain",
                refused.getMessage());
    }

    @Test
    void a_chain_that_is_down_is_unavailable() {
        chain.down = true;
        assertThrows(RailUnavailableException.class, () -> pay(bare));
        assertThrows(RailUnavailableException.class, () -> pay(other));
        pay(good);
    }

    @Test
    void without_a_node_an_offer_must_say_everything() {
        ExactSvmClient alone = sides.client(Keys.PAYER);
        assertTrue(alone.canPay(good));
        assertFalse(alone.canPay(bare));
        assertFalse(alone.canPay(other));
        alone.pay(good, context(good));
    }

    @Test
    void nobody_pays_the_fee_of_his_own_payment() {
        assertFalse(client().canPay(extra(good, "feePayer", Keys.PAYER.address())));
    }

    @Test
    void an_offer_without_a_fee_payer_cannot_be_paid() {
        assertFalse(client().canPay(good.withExtra(good.extraOrEmpty().without("feePayer"))));
        assertFalse(client().canPay(extra(good, "feePayer", "1".repeat(54))));
    }

    @Test
    void nobody_pays_himself() {
        assertFalse(client().canPay(to(Keys.PAYER.address())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merchant", "11111111111111111111111111111111", Offline.USDC})
    void a_payee_that_can_take_no_money_is_not_paid(String payTo) {
        assertFalse(client().canPay(to(payTo)));
    }

    @Test
    void a_token_that_nobody_registered_is_not_signed_for() {
        assertFalse(client().canPay(PaymentRequirements.of(
                Offline.KIND, good.amount(), Keys.STRANGER.address(), good.payTo(), 60, good.extraOrEmpty())));
    }

    @Test
    void a_token_of_another_cluster_is_not_signed_for() {
        Kind mainnet = new Kind("exact", Network.parse("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"));
        assertFalse(client().canPay(PaymentRequirements.of(
                mainnet, good.amount(), Offline.USDC, good.payTo(), 60, good.extraOrEmpty())));
    }

    @Test
    void an_offer_that_cannot_be_paid_is_not_signed() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> pay(to(Keys.PAYER.address())));
        assertEquals(
                "offer on solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1: expected one that canPay said yes to, saw another",
                refused.getMessage());
    }

    @Test
    void more_than_the_ceiling_is_not_signed() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> client().pay(good, new PayContext(Json.Obj.EMPTY, AtomicAmount.of(9_999), Offline.NOW)));
        assertEquals("offer.amount: expected at most 9999, saw 10000", refused.getMessage());
    }

    @Test
    void a_signer_with_another_key_is_found_before_anything_leaves() {
        SvmSigner wrong = new SvmSigner() {
            @Override
            public String address() {
                return Keys.PAYER.address();
            }

            @Override
            public byte[] sign(byte[] message) {
                return Keys.STRANGER.sign(message);
            }
        };
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> sides.client(wrong, chain).pay(good, context(good)));
        assertEquals(
                "signer " + Keys.PAYER.address()
                        + ": expected 64 bytes of Ed25519 by its key, saw something else; check"
                        + " which key the signer uses",
                refused.getMessage());
    }

    private ExactSvmClient client() {
        return sides.client(Keys.PAYER, chain);
    }

    private SchemePayload pay(PaymentRequirements offer) {
        return client().pay(offer, context(offer));
    }

    private static PayContext context(PaymentRequirements offer) {
        return new PayContext(Json.Obj.EMPTY, offer.amount(), Offline.NOW);
    }

    private void sound(PaymentRequirements offer) {
        assertInstanceOf(
                Judgement.Sound.class,
                sides.judge.judge(Offline.payment(offer, pay(offer).payload())));
    }

    private Object key(PaymentRequirements offer) {
        return sides.scheme.key(Offline.payment(offer, pay(offer).payload()));
    }

    private PaymentRequirements to(String payTo) {
        return PaymentRequirements.of(Offline.KIND, good.amount(), Offline.USDC, payTo, 60, good.extraOrEmpty());
    }

    private static PaymentRequirements extra(PaymentRequirements offer, String member, String value) {
        return offer.withExtra(offer.extraOrEmpty().with(member, value));
    }

    private static TransferShape shape(SchemePayload paid) {
        return Grammar.shape(ExactPayload.parse(paid.payload()).message());
    }

    private static String memo(SchemePayload paid) {
        Message message = ExactPayload.parse(paid.payload()).message();
        return new String(message.instructions().get(3).data(), StandardCharsets.UTF_8);
    }

    private static int sum(byte[] bytes) {
        int sum = 0;
        for (byte b : bytes) {
            sum |= b;
        }
        return sum;
    }
}
