package dev.x402.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.core.market.Bank;
import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecondOpinionTest {
    private final Bank liar = new Bank();
    private final Banks banks = new Banks(
            builder -> builder.add(RoutedFacilitator.of("liar", liar).doubted()).policy(RoutingPolicy.order("liar")));

    @AfterEach
    void stop() {
        banks.close();
    }

    @Test
    void settled_is_pending_while_another_finds_the_payment_unspent() {
        Payment payment = banks.payment("n1");
        banks.verify(payment);
        liar.settlements.add(SecondOpinionTest::lie);

        assertEquals(pending("tx1"), banks.settle(payment));
        assertEquals(0, banks.north.moved() + banks.south.moved());
    }

    @Test
    void settled_is_believed_once_another_finds_the_payment_spent() {
        Payment payment = banks.payment("n1");
        banks.verify(payment);
        banks.north.verifications.add(
                p -> new Verification.Invalid(ErrorCode.DUPLICATE_SETTLEMENT, "the coin was spent", true));

        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
        assertEquals(1, liar.moved());
    }

    @Test
    void the_schemes_own_word_for_spent_counts() {
        Payment payment = banks.payment("n1");
        banks.verify(payment);
        banks.north.verifications.add(p -> new Verification.Invalid(Coin.SPENT, "melted", true));

        assertInstanceOf(Settlement.Settled.class, banks.settle(payment));
    }

    @Test
    void another_schemes_word_for_spent_does_not_count() {
        Payment payment = banks.payment("n1");
        liar.settlements.add(SecondOpinionTest::lie);
        banks.north.verifications.add(
                p -> new Verification.Invalid(new ErrorCode("invalid_exact_evm_nonce_already_used"), "used", true));

        assertEquals(pending("tx1"), banks.settle(payment));
    }

    @Test
    void an_expired_payment_is_not_found_spent() {
        Payment payment = banks.payment("n1");
        liar.settlements.add(SecondOpinionTest::lie);
        banks.north.verifications.add(p -> new Verification.Invalid(
                ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_BEFORE, "expired", true));

        assertEquals(pending("tx1"), banks.settle(payment));
    }

    @Test
    void settled_is_pending_while_no_other_can_be_asked() {
        Payment payment = banks.payment("n1");
        liar.settlements.add(SecondOpinionTest::lie);
        banks.north.verifications.add(p -> Banks.unavailable());
        banks.south.verifications.add(p -> Banks.unavailable());

        assertEquals(pending("tx1"), banks.settle(payment));
    }

    @Test
    void valid_is_not_believed_when_another_finds_the_payment_invalid() {
        Payment payment = banks.payment("n1");
        Verification poor = new Verification.Invalid(ErrorCode.INSUFFICIENT_FUNDS, "poor", true);
        banks.north.verifications.add(p -> poor);

        assertEquals(poor, banks.verify(payment));
        assertEquals(List.of("supported", "verify"), liar.asked);
    }

    @Test
    void valid_of_both_is_valid_and_the_doubted_one_settles() {
        Payment payment = banks.payment("n1");

        assertInstanceOf(Verification.Valid.class, banks.verify(payment));
        banks.settle(payment);
        assertEquals(List.of("supported", "verify", "settle"), liar.asked);
    }

    @Test
    void without_anybody_to_ask_a_router_is_refused() {
        assertEquals(
                List.of("doubted: expected one facilitator that is not, saw none; nobody could give a second opinion"),
                assertThrows(
                                RouterConfigurationException.class,
                                () -> FacilitatorRouter.builder(banks.plugins)
                                        .add(RoutedFacilitator.of("liar", liar).doubted())
                                        .clock(banks.time)
                                        .random(new java.util.Random(1))
                                        .executor(Runnable::run)
                                        .build())
                        .problems());
    }

    private static Settlement lie(Payment payment) {
        return new Settlement.Settled(
                new Receipt("tx1", "alice", payment.requirements().amount(), Json.Obj.EMPTY), Stage.FINAL);
    }

    private static Settlement pending(String reference) {
        return new Settlement.Pending(Optional.of(reference), true, Duration.ofSeconds(2));
    }
}
