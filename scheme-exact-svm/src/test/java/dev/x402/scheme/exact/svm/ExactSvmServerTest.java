package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactSvmServerTest {
    final Offline sides = new Offline();
    final FakeChain chain = new FakeChain();
    final ExactSvmServer alone = new ExactSvmServer(Optional.empty(), sides);
    final ExactSvmServer withNode = new ExactSvmServer(Optional.of(chain), sides);
    final PaymentRequirements draft = Offline.draft(10_000);

    @Test
    void an_offer_names_the_facilitator_s_fee_payer() {
        assertEquals(
                Json.Obj.EMPTY.with("feePayer", Keys.FEE_PAYER.address()),
                complete(alone, draft).extraOrEmpty());
        assertEquals(Set.of(), alone.dynamicExtra());
    }

    @Test
    void a_seller_s_memo_and_fee_payer_are_kept() {
        Json.Obj own = Json.Obj.EMPTY.with("memo", "invoice 7").with("feePayer", Keys.OTHER_FEE_PAYER.address());
        assertEquals(own, complete(alone, draft.withExtra(own)).extraOrEmpty());
    }

    @Test
    void a_seller_with_a_node_offers_a_blockhash_which_is_new_in_every_challenge() {
        Json.Obj extra = complete(withNode, draft).extraOrEmpty();
        assertEquals(Optional.of(Offline.BLOCKHASH.toString()), extra.text("recentBlockhash"));
        assertEquals(Set.of("recentBlockhash"), withNode.dynamicExtra());
    }

    @Test
    void a_blockhash_is_read_once_in_five_seconds() {
        complete(withNode, draft);
        complete(withNode, draft);
        assertEquals(List.of("blockhash"), chain.asked);
    }

    @Test
    void a_node_that_is_down_does_not_stop_the_sale() {
        chain.down = true;
        assertEquals(
                Json.Obj.EMPTY.with("feePayer", Keys.FEE_PAYER.address()),
                complete(withNode, draft).extraOrEmpty());
    }

    @Test
    void a_facilitator_that_names_no_fee_payer_cannot_be_used() {
        String message = "extra.feePayer: expected base 58 of 32 bytes in what the facilitator says of exact on"
                + " solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1, saw none; ask another facilitator";
        refused(message, draft, SupportedKind.of(Offline.KIND));
        refused(message, draft, kind(Json.Obj.EMPTY));
        refused(message, draft, kind(Json.Obj.EMPTY.with("feePayer", Json.of(7))));
        refused(message, draft, kind(Json.Obj.EMPTY.with("feePayer", "1".repeat(54))));
    }

    @ParameterizedTest
    @CsvSource({
        "merchant,'payTo: expected base 58 of 32 bytes, neither zeros nor the asset'",
        "0x209693Bc6afc0C5328bA36FaF03C514EF312287C,'payTo: expected base 58 of 32 bytes, neither zeros nor the asset'"
    })
    void a_payee_that_can_take_no_money_is_refused(String payTo, String message) {
        refused(
                message,
                PaymentRequirements.of(Offline.KIND, draft.amount(), Offline.USDC, payTo, 60, Json.Obj.EMPTY),
                Offline.kind());
    }

    @Test
    void a_token_that_nobody_registered_is_refused() {
        refused(
                "asset: expected one that is registered on solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1, saw another",
                PaymentRequirements.of(
                        Offline.KIND, draft.amount(), Keys.STRANGER.address(), draft.payTo(), 60, Json.Obj.EMPTY),
                Offline.kind());
    }

    @Test
    void a_memo_has_1_to_256_bytes() {
        refused(
                "extra.memo: expected 1 to 256 bytes, saw none; leave it out for a memo of the payer's",
                memo(""),
                Offline.kind());
        refused(
                "extra.memo: expected a text of at most 256 bytes in UTF-8, saw more",
                memo("m".repeat(257)),
                Offline.kind());
        complete(alone, memo("m".repeat(256)));
    }

    private PaymentRequirements memo(String text) {
        return draft.withExtra(Json.Obj.EMPTY.with("memo", text));
    }

    private static SupportedKind kind(Json.Obj extra) {
        return new SupportedKind("exact", Offline.NETWORK, extra, Json.Obj.EMPTY);
    }

    private static PaymentRequirements complete(ExactSvmServer server, PaymentRequirements draft) {
        return server.complete(draft, Offline.kind(), Offline.NOW);
    }

    private void refused(String message, PaymentRequirements offer, SupportedKind kind) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> alone.complete(offer, kind, Offline.NOW));
        assertEquals(message, refused.getMessage());
    }
}
