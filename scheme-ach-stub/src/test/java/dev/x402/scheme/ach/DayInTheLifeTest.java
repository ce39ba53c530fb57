package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.MandateBook.Tally;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to a shop's money, from a mandate on the Tuesday before Thanksgiving to a dispute in January. */
class DayInTheLifeTest {
    @Test
    void a_shop_is_paid_three_times_and_loses_two() {
        try (World world = new World("2026-11-24T10:00")) {
            world.bank.deposit(world.payer, 500_00);
            holds(world, 500_00, 0, 0);

            // Tuesday: the payer puts 50 dollars in, and pays 20 of them. That is final at once.
            world.bank.prefund(world.payer, 50_00);
            holds(world, 450_00, 50_00, 0);
            Settlement first = world.settle(world.pay(20_00, Funding.PREFUNDED));
            assertEquals(
                    Stage.FINAL,
                    assertInstanceOf(Settlement.Settled.class, first).stage());
            holds(world, 450_00, 30_00, 20_00);

            // Wednesday at 15:00: a debit. Nothing moves before its settlement date, and nobody says so.
            world.until("2026-11-25T15:00");
            Payment second = world.pay(12_01, Funding.DEBIT);
            assertInstanceOf(Settlement.Pending.class, world.settle(second));
            holds(world, 450_00, 30_00, 20_00);

            // At 20:30 the file of the day is gone: the third payment is in the next one.
            world.until("2026-11-25T20:30");
            Payment third = world.pay(30_10, Funding.DEBIT);
            assertInstanceOf(Settlement.Pending.class, world.settle(third));

            // Thursday is Thanksgiving, and nothing settles.
            world.until("2026-11-26T12:00");
            assertInstanceOf(Settlement.Pending.class, world.settle(second));
            holds(world, 450_00, 30_00, 20_00);

            // Friday: the second payment settles. It can be returned until the 27th of January.
            world.until("2026-11-27T08:30");
            Settlement.Settled settled = assertInstanceOf(Settlement.Settled.class, world.settle(second));
            assertEquals(Stage.SETTLED, settled.stage());
            assertEquals(
                    FakeClock.newYork("2027-01-27T08:30"),
                    settled.receipt().finalAt().orElseThrow());
            holds(world, 437_99, 30_00, 32_01);

            // Somebody sends Wednesday's file again.
            Answer again = world.bank.receive(world.bank.lastFile().orElseThrow());
            assertEquals(
                    new Answer.Refused(
                            new ErrorCode("ach_duplicate_file"),
                            "file.hash: expected a new file, saw one that came before"),
                    again);
            holds(world, 437_99, 30_00, 32_01);

            // Monday, the end of the month: the third payment settles. Of the mandate's 100 dollars 62.11 are used.
            world.until("2026-11-30T08:30");
            assertInstanceOf(Settlement.Settled.class, world.settle(third));
            holds(world, 407_89, 30_00, 62_11);
            assertEquals(new Tally(2, 0, 0, 0), world.desk.tally());
            Payment tooMuch = world.pay(40_00, Funding.DEBIT);
            assertEquals(
                    new Verification.Invalid(
                            new ErrorCode("ach_mandate_exceeded"),
                            "payload.authorization.amount: expected at most the 3789 cents that are left of the"
                                    + " mandate, saw 4000",
                            true),
                    world.verify(tooMuch));

            // Tuesday: a new month for the mandate, and R01 for the second payment, two banking days after it settled.
            world.until("2026-12-01T08:30");
            assertInstanceOf(Verification.Valid.class, world.verify(world.pay(40_00, Funding.DEBIT)));
            Settlement.Reversed insufficient = assertInstanceOf(Settlement.Reversed.class, world.settle(second));
            assertEquals(new ErrorCode("ach_return_r01"), insufficient.code());
            assertEquals(settled.receipt().reference(), insufficient.receipt().reference());
            holds(world, 419_90, 30_00, 50_10);

            // January, 40 days after the third payment settled: the payer says that he never agreed.
            world.until("2027-01-11T08:30");
            assertEquals(
                    new ErrorCode("ach_return_r10"),
                    assertInstanceOf(Settlement.Reversed.class, world.settle(third))
                            .code());
            holds(world, 450_00, 30_00, 20_00);
            assertEquals(
                    new ErrorCode("ach_mandate_revoked"),
                    assertInstanceOf(Verification.Invalid.class, world.verify(world.pay(5_00, Funding.PREFUNDED)))
                            .code());

            // The shop heard of all of it, in order.
            assertEquals(
                    "2000 FINAL, 1201 SETTLED, 3010 SETTLED, 1201 ach_return_r01, 3010 ach_return_r10",
                    String.join(
                            ", ",
                            world.events.stream()
                                    .map(event -> event.payment().requirements().amount() + " " + told(event.now()))
                                    .toList()));
            assertEquals(new Tally(2, 2, 1, 0), world.desk.tally());
            assertEquals(
                    List.of(AchDesk.Alarm.Rate.ALL, AchDesk.Alarm.Rate.UNAUTHORISED),
                    world.alarms.stream().map(AchDesk.Alarm::rate).toList());
        }
    }

    private static String told(Settlement now) {
        return now instanceof Settlement.Settled settled
                ? settled.stage().toString()
                : ((Settlement.Reversed) now).code().value();
    }

    /** What payer, prefunded balance and shop have; and that no cent came or went otherwise. */
    private static void holds(World world, long payer, long prefunded, long shop) {
        assertEquals(payer, world.bank.balance(world.payer), "payer");
        assertEquals(prefunded, world.bank.prefunded(world.payer), "prefunded");
        assertEquals(shop, world.bank.balance(world.shop), "shop");
        assertEquals(500_00, payer + prefunded + shop, "all that came in");
        assertEquals(0, world.ledger.total(), "the books");
    }
}
