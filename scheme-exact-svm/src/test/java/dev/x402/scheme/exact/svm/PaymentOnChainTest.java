package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.testbed.svm.SvmChain;
import dev.x402.testbed.svm.SvmMint;
import dev.x402.testbed.svm.SvmNode;
import dev.x402.testbed.svm.SvmNodeExtension;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the payer's side signs is taken by a real virtual machine, once the fee payer signed too. */
@ExtendWith(SvmNodeExtension.class)
class PaymentOnChainTest {
    final Offline sides = new Offline();

    @Test
    void a_payment_moves_the_money_exactly(SvmNode node) {
        lands(node.chain(), Offline.USDC, Json.Obj.EMPTY);
    }

    @Test
    void a_payment_by_token_2022_moves_the_money_exactly(SvmNode node) {
        lands(node.chain(), SvmMint.DOLLAR_2022.address(), Json.Obj.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "ü", "€", "\ud83d\ude00", "\"", "\\", "\u0007"})
    void a_memo_of_256_bytes_lands_in_any_script(String letter, SvmNode node) {
        int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
        Json.Obj memo = Json.Obj.EMPTY.with("memo", letter.repeat(256 / bytes));
        lands(node.chain(), Offline.USDC, memo);
        lands(node.chain(), SvmMint.DOLLAR_2022.address(), memo);
    }

    private void lands(SvmChain chain, String mint, Json.Obj extra) {
        String payee = Keys.PAYEE.address();
        BigInteger before = chain.tokenBalance(mint, payee);
        PaymentRequirements offer =
                sides.offer(Offline.draft(10_000, mint).withExtra(extra.with("recentBlockhash", chain.blockhash())));
        WireTransaction paid = ExactPayload.parse(sides.pay(offer).payload().payload());
        WireTransaction completed = paid.signedBy(
                Keys.address(Keys.FEE_PAYER), Keys.FEE_PAYER.sign(paid.message().bytes()));
        String signature = chain.send(Base64.getEncoder().encodeToString(completed.toBytes()));
        assertEquals(completed.reference(), signature);
        assertTrue(chain.status(signature).orElseThrow().succeeded());
        assertEquals(before.add(BigInteger.valueOf(10_000)), chain.tokenBalance(mint, payee));
    }
}
