package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.bank.SimulatedBank;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Payments through the real engine: what was lost is found, what came twice is booked once, what comes back is told. */
class SettlementTest {
    @Test
    void a_receipt_of_a_debit_tells_when_it_is_final() {
        try (World world = world()) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.settle(payment);
            world.until("2026-11-24T08:30");

            Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, world.settle(payment));
            assertEquals(Stage.SETTLED, settled.stage());
            assertEquals(
                    Json.Obj.EMPTY.with("finalAt", "2027-01-25T13:30:00Z"),
                    settled.receipt().extra());
            world.until("2027-01-25T08:30");
            assertEquals(
                    Stage.FINAL,
                    assertInstanceOf(Settlement.Settled.class, world.settle(payment))
                            .stage());
        }
    }

    @Test
    void a_pending_debit_says_when_to_ask_again() {
        try (World world = world()) {
            Settlement.Pending pending =
                    assertInstanceOf(Settlement.Pending.class, world.settle(world.pay(1_000, Funding.DEBIT)));

            assertEquals(Duration.ofHours(12), pending.retryAfter());
            assertTrue(pending.reference().isPresent());
        }
    }

    @Test
    void a_guaranteed_payment_is_final_at_once_and_stays_so_when_it_is_returned() {
        try (World world = world()) {
            world.bank.endow(10_000);
            Payment payment = world.pay(1_001, Funding.GUARANTEED);
            Settlement first = world.settle(payment);
            assertEquals(
                    Stage.FINAL,
                    assertInstanceOf(Settlement.Settled.class, first).stage());
            world.until("2026-11-27T08:30");

            assertEquals(first, world.settle(payment));
            assertEquals(1_001, world.bank.balance(world.shop));
            assertEquals(10_000 - 1_001, world.bank.guarantee());
        }
    }

    @Test
    void a_lost_answer_is_found_at_a_bank_that_knows_duplicates() {
        lostAnswer(builder -> builder);
    }

    @Test
    void a_lost_answer_is_found_at_a_bank_that_knows_none() {
        lostAnswer(builder -> builder.deduplicates(false));
    }

    @Test
    void a_lost_entry_is_tried_again_and_moves_once_at_a_bank_that_knows_no_duplicates() {
        try (World world = world(builder -> builder.deduplicates(false))) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.bank.loseNextEntry();
            world.settle(payment);
            for (int i = 0; i < 5; i++) {
                world.clock.pass(Duration.ofSeconds(31));
                world.sweep();
            }
            world.until("2026-11-24T08:30");

            assertInstanceOf(Settlement.Settled.class, world.settle(payment));
            assertEquals(1_000, world.bank.balance(world.shop));
        }
    }

    @Test
    void an_entry_that_the_bank_took_and_lost_fails_and_moves_nothing() {
        try (World world = world()) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.settle(payment);
            world.bank.drop();
            world.until("2026-11-24T08:30");

            assertEquals(
                    new ErrorCode("invalid_exact_ach_payload_valid_until"),
                    assertInstanceOf(Settlement.Rejected.class, world.settle(payment))
                            .code());
            assertEquals(0, world.bank.balance(world.shop));
        }
    }

    @Test
    void a_lost_entry_that_was_revoked_meanwhile_fails_and_moves_nothing() {
        try (World world = world(builder -> builder.deduplicates(false))) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.bank.loseNextEntry();
            world.settle(payment);
            world.book.revoke(World.MANDATE, world.clock.instant());
            for (int i = 0; i < 5; i++) {
                world.clock.pass(Duration.ofSeconds(31));
                world.sweep();
            }

            assertEquals(
                    new ErrorCode("ach_mandate_revoked"),
                    assertInstanceOf(Settlement.Rejected.class, world.settle(payment))
                            .code());
            world.until("2026-11-24T08:30");
            assertEquals(0, world.bank.balance(world.shop));
        }
    }

    @Test
    void a_failed_payment_gives_back_what_it_used_of_the_mandate() {
        try (World world = world(builder -> builder.deduplicates(false))) {
            Payment payment = world.pay(9_000, Funding.DEBIT);
            world.bank.loseNextEntry();
            world.settle(payment);
            world.clock.pass(Duration.ofSeconds(601));
            world.sweep();

            assertInstanceOf(Settlement.Rejected.class, world.settle(payment));
            assertInstanceOf(Verification.Valid.class, world.verify(world.pay(10_000, Funding.DEBIT)));
        }
    }

    @Test
    void two_payments_that_race_for_the_last_prefunded_money_are_one_payment() {
        try (World world = world()) {
            world.bank.prefund(world.payer, 1_000);
            Payment first = world.pay(800, Funding.PREFUNDED);
            Payment second = world.pay(800, Funding.PREFUNDED);
            assertInstanceOf(Verification.Valid.class, world.verify(first));
            assertInstanceOf(Verification.Valid.class, world.verify(second));

            assertInstanceOf(Settlement.Settled.class, world.settle(first));
            assertEquals(
                    ErrorCode.INSUFFICIENT_FUNDS,
                    assertInstanceOf(Settlement.Rejected.class, world.settle(second))
                            .code());
            assertEquals(800, world.bank.balance(world.shop));
            assertEquals(200, world.bank.prefunded(world.payer));
        }
    }

    @Test
    void a_wrong_account_ends_the_settlement_and_blocks_the_token() {
        for (ReturnCode code : List.of(ReturnCode.R02, ReturnCode.R03, ReturnCode.R04)) {
            try (World world = world()) {
                returned(world, code);

                assertEquals(
                        new Verification.Invalid(
                                new ErrorCode("ach_account_blocked"),
                                "payload.authorization.account: expected one that can be debited, saw one that its bank"
                                        + " refused",
                                true),
                        world.verify(world.pay(1_000, Funding.DEBIT)));
            }
        }
    }

    @Test
    void a_debit_that_was_not_authorised_ends_the_settlement_and_the_mandate() {
        for (ReturnCode code :
                List.of(ReturnCode.R05, ReturnCode.R07, ReturnCode.R08, ReturnCode.R10, ReturnCode.R29)) {
            try (World world = world()) {
                returned(world, code);

                assertEquals(
                        new ErrorCode("ach_mandate_revoked"),
                        assertInstanceOf(Verification.Invalid.class, world.verify(world.pay(1_000, Funding.DEBIT)))
                                .code());
            }
        }
    }

    @Test
    void a_debit_without_money_is_reversed_and_the_payer_may_pay_again() {
        try (World world = world()) {
            Payment payment = returned(world, ReturnCode.R01);

            Settlement.Reversed reversed = assertInstanceOf(Settlement.Reversed.class, world.settle(payment));
            assertEquals(new ErrorCode("ach_return_r01"), reversed.code());
            assertEquals(
                    Json.Obj.EMPTY.with("returnCode", "R01"), reversed.receipt().extra());
            assertInstanceOf(Verification.Valid.class, world.verify(world.pay(10_000, Funding.DEBIT)));
        }
    }

    @Test
    void a_consumer_s_dispute_comes_on_the_sixtieth_day_and_not_after_the_window() {
        try (World world = world()) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.settle(payment);
            world.until("2027-01-23T12:00");
            Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, world.settle(payment));
            assertEquals(
                    new Answer.Taken(), world.bank.giveBack(settled.receipt().reference(), ReturnCode.R10));
            world.clock.pass(Duration.ofHours(13));
            world.sweep();

            assertInstanceOf(Settlement.Reversed.class, world.settle(payment));
            assertEquals(0, world.bank.balance(world.shop));
        }
    }

    @Test
    void what_a_settlement_says_holds_no_account_number() {
        try (World world = world()) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            Settlement pending = world.settle(payment);
            world.until("2026-11-24T08:30");
            Settlement settled = world.settle(payment);
            Receipt receipt = ((Settlement.Settled) settled).receipt();
            Set<String> said = Set.of(
                    payment.toString(),
                    pending.toString(),
                    settled.toString(),
                    receipt.extra().toString(),
                    world.wallet.toString(),
                    world.bank.account(world.payer).orElseThrow().toString(),
                    world.book.find(World.MANDATE).orElseThrow().toString());

            assertFalse(said.stream().anyMatch(text -> text.contains(World.PAYER_NUMBER)));
            assertEquals(
                    Set.of("acct_"),
                    Set.of(receipt.payer()).stream()
                            .map(text -> text.substring(0, 5))
                            .collect(Collectors.toSet()));
        }
    }

    private static void lostAnswer(UnaryOperator<SimulatedBank.Builder> how) {
        try (World world = world(how)) {
            Payment payment = world.pay(1_000, Funding.DEBIT);
            world.bank.loseNextAnswer();
            assertInstanceOf(Settlement.Pending.class, world.settle(payment));
            for (int i = 0; i < 5; i++) {
                world.clock.pass(Duration.ofSeconds(31));
                world.sweep();
            }
            world.until("2026-11-24T08:30");

            assertInstanceOf(Settlement.Settled.class, world.settle(payment));
            assertEquals(1_000, world.bank.balance(world.shop));
        }
    }

    private static Payment returned(World world, ReturnCode code) {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        world.settle(payment);
        world.until("2026-11-24T08:30");
        Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, world.settle(payment));
        assertEquals(new Answer.Taken(), world.bank.giveBack(settled.receipt().reference(), code));
        world.until("2026-11-25T08:30");
        assertEquals(
                code.code(),
                assertInstanceOf(Settlement.Reversed.class, world.settle(payment))
                        .code());
        assertEquals(0, world.bank.balance(world.shop));
        return payment;
    }

    private static World world() {
        return world(builder -> builder);
    }

    private static World world(UnaryOperator<SimulatedBank.Builder> how) {
        World world =
                new World("2026-11-23T10:00", how, mandate -> mandate, AccountKind.CONSUMER_CHECKING, Speed.NEXT_DAY);
        world.bank.deposit(world.payer, 100_000);
        return world;
    }
}
