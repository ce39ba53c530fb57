package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadAnswersTest {
    private final Shop shop = new Shop();

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void an_answer_that_cannot_be_read_is_no_judgement() {
        shop.bank.verifications.add(payment -> new Verification.Unavailable(
                ErrorCode.FACILITATOR_RESPONSE_INVALID, "/isValid: expected a boolean", Duration.ofSeconds(4)));

        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.BAD_ANSWER,
                        ErrorCode.FACILITATOR_RESPONSE_INVALID,
                        "the facilitator's answer cannot be read or believed; come again with the same payment",
                        Optional.empty(),
                        Optional.empty()),
                shop.gate.decide(Shop.paid("n1")));
        assertEquals(0, shop.bank.settled.size());
        assertInstanceOf(Decision.Admit.class, shop.gate.decide(Shop.paid("n1")));
    }

    @Test
    void settled_by_what_cannot_be_a_transaction_is_pending() {
        shop.bank.settlements.add(payment -> new Settlement.Settled(
                new Receipt(
                        "a-name-longer-than-any-transaction-of-this-rail-can-ever-have-1234",
                        "alice",
                        payment.requirements().amount(),
                        Json.Obj.EMPTY),
                Stage.SETTLED));

        Decision.RetryLater later =
                assertInstanceOf(Decision.RetryLater.class, shop.bought(Shop.paid("n1"), "the report"));
        assertEquals(ErrorCode.SETTLEMENT_PENDING, later.code());
    }
}
