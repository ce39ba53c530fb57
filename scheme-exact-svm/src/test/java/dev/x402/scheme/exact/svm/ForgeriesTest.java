package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.exact.svm.Judge.Judgement;
import dev.x402.spi.Payment;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No forgery needs the chain to be refused, and no spelling makes another payment. */
class ForgeriesTest {
    final Offline sides = new Offline();
    final Payment honest = sides.pay(sides.offer(10_000));

    @Test
    void no_forgery_is_sound() {
        Map<String, Payment> forgeries = Forgeries.of(honest, Keys.PAYER);
        forgeries.forEach((how, forged) -> assertInstanceOf(Judgement.Refused.class, sides.judge.judge(forged), how));
        assertTrue(forgeries.size() > 100, "forgeries: " + forgeries.size());
    }

    @Test
    void no_forgery_of_another_token_program_is_sound() {
        Payment other = sides.pay(sides.offer(Offline.draft(10_000, Offline.DOLLAR_2022)));
        assertInstanceOf(Judgement.Sound.class, sides.judge.judge(other));
        Forgeries.of(other, Keys.PAYER)
                .forEach((how, forged) -> assertInstanceOf(Judgement.Refused.class, sides.judge.judge(forged), how));
    }

    @Test
    void another_spelling_is_the_same_payment() {
        Map<String, Payment> spellings = Forgeries.spellings(honest, Keys.PAYER);
        spellings.forEach((how, spelled) -> {
            assertInstanceOf(Judgement.Sound.class, sides.judge.judge(spelled), how);
            assertEquals(sides.scheme.key(honest), sides.scheme.key(spelled), how);
        });
        assertEquals(2, spellings.size());
    }
}
