package dev.x402.scheme.ach.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BankingCalendarTest {
    private final BankingCalendar calendar = new BankingCalendar();

    @Test
    void knows_the_holidays_of_2027() {
        List<String> closed = Stream.iterate(LocalDate.of(2027, 1, 1), day -> day.plusDays(1))
                .limit(365)
                .filter(day -> day.getDayOfWeek().getValue() <= 5)
                .filter(day -> !calendar.isBankingDay(day))
                .map(LocalDate::toString)
                .toList();

        assertEquals(
                List.of(
                        "2027-01-01",
                        "2027-01-18",
                        "2027-02-15",
                        "2027-05-31",
                        "2027-07-05", // Independence Day is a Sunday
                        "2027-09-06",
                        "2027-10-11",
                        "2027-11-11",
                        "2027-11-25"), // Juneteenth and Christmas are Saturdays and are not kept
                closed);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:29, SAME_DAY, 2026-11-24T10:30, 2026-11-24T13:00",
        "2026-11-24T10:30, SAME_DAY, 2026-11-24T14:45, 2026-11-24T17:00", // the cut-off is missed
        "2026-11-24T16:44, SAME_DAY, 2026-11-24T16:45, 2026-11-24T18:00",
        "2026-11-24T16:45, SAME_DAY, 2026-11-25T10:30, 2026-11-25T13:00",
        "2026-11-25T17:00, SAME_DAY, 2026-11-27T10:30, 2026-11-27T13:00", // a holiday
        "2026-11-24T10:00, NEXT_DAY, 2026-11-24T20:00, 2026-11-25T08:30",
        "2026-11-25T19:59, NEXT_DAY, 2026-11-25T20:00, 2026-11-27T08:30",
        "2026-11-25T20:00, NEXT_DAY, 2026-11-27T20:00, 2026-11-30T08:30",
        "2026-11-28T12:00, NEXT_DAY, 2026-11-30T20:00, 2026-12-01T08:30" // a Saturday
    })
    void an_entry_is_in_the_next_file(String now, Speed speed, String closes, String settles) {
        Schedule.Slot slot = Schedule.FEDERAL_RESERVE.slot(FakeClock.newYork(now), speed, calendar);

        assertEquals(FakeClock.newYork(closes), slot.closes());
        assertEquals(FakeClock.newYork(settles), slot.settles());
    }

    @Test
    void a_weekend_in_which_the_clocks_change_is_an_hour_shorter_or_longer() {
        Instant winter = calendar.at(LocalDate.of(2027, 3, 12), LocalTime.of(20, 0));
        Instant spring = calendar.at(LocalDate.of(2027, 3, 15), LocalTime.of(8, 30));
        Instant summer = calendar.at(LocalDate.of(2027, 11, 5), LocalTime.of(20, 0));
        Instant autumn = calendar.at(LocalDate.of(2027, 11, 8), LocalTime.of(8, 30));

        assertEquals(Duration.ofMinutes(59 * 60 + 30), Duration.between(winter, spring));
        assertEquals(Duration.ofMinutes(61 * 60 + 30), Duration.between(summer, autumn));
    }

    @Test
    void the_date_is_that_of_new_york() {
        assertEquals(LocalDate.of(2026, 11, 24), calendar.date(Instant.parse("2026-11-25T04:59:59Z")));
        assertEquals(LocalDate.of(2026, 7, 3), calendar.date(Instant.parse("2026-07-04T03:59:59Z")));
    }

    @Test
    void a_code_with_two_banking_days_comes_by_the_end_of_the_second() {
        assertEquals(
                FakeClock.newYork("2026-12-02T08:30"),
                Schedule.FEDERAL_RESERVE.earlyDeadline(LocalDate.of(2026, 11, 27), calendar));
    }

    @Test
    void a_code_with_60_days_comes_before_the_banking_day_after_them() {
        assertEquals(
                FakeClock.newYork("2027-02-16T08:30"), // 60 days end on a Saturday, and Monday is a holiday
                Schedule.FEDERAL_RESERVE.lateDeadline(LocalDate.of(2026, 12, 15), calendar));
    }
}
