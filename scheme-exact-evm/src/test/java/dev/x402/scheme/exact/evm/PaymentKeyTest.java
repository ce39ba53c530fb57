package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.testbed.evm.DevAccounts;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaymentKeyTest {
    final Offline sides = new Offline();
    final Payment good = sides.pay(sides.offer(10_000));

    @Test
    void names_chain_token_payer_and_nonce() {
        assertEquals(
                new PaymentKey("eip155:84532/eip3009/0x036cbd53842c5426634e7929541ec2318f3dcf7e"
                        + "/0x15d34aaf54267db7d7c367839aaf71a00a2c6a65/"
                        + World.transfer(good).authorization().nonce()),
                sides.scheme.key(good));
    }

    @Test
    void is_the_same_in_every_spelling_of_the_payment() {
        Random random = new Random(8);
        Set<PaymentKey> keys = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Json.Obj authorization =
                    (Json.Obj) good.payload().payload().find("authorization").orElseThrow();
            Json.Obj spelled = Json.Obj.EMPTY.with("note", Integer.toString(i));
            for (String member : authorization.members().keySet()) {
                spelled = spelled.with(member, cased(authorization.text(member).orElseThrow(), random));
            }
            byte[] signature = World.transfer(good).signature().toBytes();
            signature[64] = (byte) (signature[64] - (random.nextBoolean() ? 27 : 0));
            keys.add(sides.scheme.key(Offline.with(
                    good, Json.Obj.EMPTY.with("authorization", spelled).with("signature", Hex.of(signature)))));
        }
        assertEquals(Set.of(sides.scheme.key(good)), keys);
    }

    @Test
    void is_another_for_another_nonce() {
        assertNotEquals(sides.scheme.key(good), sides.scheme.key(sides.pay(sides.offer(10_000))));
    }

    @Test
    void does_not_depend_on_terms() {
        assertEquals(
                sides.scheme.key(good),
                sides.scheme.key(Offline.edited(good, "to", Json.of(DevAccounts.STRANGER.address()))));
    }

    @Test
    void of_a_malformed_payload_is_malformed() {
        assertEquals(
                "/payload/authorization: expected a value, saw nothing",
                assertThrows(
                                MalformedMessageException.class,
                                () -> sides.scheme.key(Offline.with(good, Json.Obj.EMPTY)))
                        .getMessage());
    }

    private static String cased(String text, Random random) {
        if (!text.startsWith("0x")) {
            return text;
        }
        StringBuilder changed = new StringBuilder("0x");
        text.substring(2)
                .chars()
                .forEach(c -> changed.append(
                        random.nextBoolean() ? Character.toUpperCase((char) c) : Character.toLowerCase((char) c)));
        return changed.toString();
    }
}
