package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.TestDollar;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ExactEvmServerTest {
    final Offline sides = new Offline();

    @Test
    void adds_name_and_version_of_the_registered_token() {
        assertEquals(
                Json.Obj.EMPTY.with("name", "USDC").with("version", "2"),
                sides.complete(Offline.draft(5)).extra());
    }

    @Test
    void keeps_what_the_seller_wrote() {
        PaymentRequirements draft =
                Offline.draft(5).withExtra(Json.Obj.EMPTY.with("version", "2").with("mine", "kept"));
        assertEquals(
                Json.Obj.EMPTY.with("version", "2").with("mine", "kept").with("name", "USDC"),
                sides.complete(draft).extra());
    }

    @Test
    void accepts_a_token_that_the_seller_describes() {
        Json.Obj extra = Json.Obj.EMPTY.with("name", "Mine").with("version", "1");
        PaymentRequirements draft = offer(DevAccounts.STRANGER.address(), DevAccounts.PAYEE.address());
        assertEquals(extra, sides.complete(draft.withExtra(extra)).extra());
    }

    @Test
    void refuses_a_token_that_nobody_describes() {
        refused(
                "asset: expected a token of EIP-3009 that is registered on eip155:84532, saw "
                        + DevAccounts.STRANGER.address() + "; add an AssetSource that names it",
                offer(DevAccounts.STRANGER.address(), DevAccounts.PAYEE.address()));
    }

    @Test
    void refuses_a_token_that_only_permit2_moves() {
        refused(
                "asset: expected a token of EIP-3009 that is registered on eip155:38833, saw"
                        + " 0xA5b8BF902b2844dA17d4506cc827F7F1681735E7; add an AssetSource that names it",
                PaymentRequirements.of(
                        new Kind("exact", Network.parse("eip155:38833")),
                        AtomicAmount.of(1),
                        "0xA5b8BF902b2844dA17d4506cc827F7F1681735E7",
                        DevAccounts.PAYEE.address(),
                        60,
                        Json.Obj.EMPTY));
    }

    @Test
    void refuses_a_domain_that_contradicts_the_registered_one() {
        refused(
                "extra.name: expected USDC, as the asset is registered, saw another",
                Offline.draft(5).withExtra(Json.Obj.EMPTY.with("name", "USD Coin")));
    }

    @Test
    void refuses_a_payee_with_a_wrong_checksum() {
        refused(
                "payTo: expected the checksum of EIP-55 or one case, saw 0x14DC79964da2C08b23698B3D3cc7Ca32193d9955; it"
                        + " may be mistyped",
                offer(TestDollar.ADDRESS, "0x14DC79964da2C08b23698B3D3cc7Ca32193d9955"));
    }

    @Test
    void accepts_a_payee_in_one_case() {
        String lower = DevAccounts.PAYEE.address().toLowerCase(Locale.ROOT);
        assertEquals(lower, sides.complete(offer(TestDollar.ADDRESS, lower)).payTo());
    }

    @Test
    void refuses_a_payee_that_is_a_role() {
        refused(
                "payTo: expected 0x and 40 hexadecimal digits, neither zero nor the asset",
                offer(TestDollar.ADDRESS, "merchant"));
    }

    @Test
    void refuses_a_currency_as_asset() {
        refused("asset: expected 0x and 40 hexadecimal digits", offer("USD", DevAccounts.PAYEE.address()));
    }

    @Test
    void refuses_to_sell_for_nothing() {
        refused("amount: expected 1 to 2^256-1, saw 0", Offline.draft(0));
    }

    private void refused(String message, PaymentRequirements draft) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> sides.complete(draft))
                        .getMessage());
    }

    private static PaymentRequirements offer(String asset, String payTo) {
        return PaymentRequirements.of(World.KIND, AtomicAmount.of(1), asset, payTo, 60, Json.Obj.EMPTY);
    }
}
