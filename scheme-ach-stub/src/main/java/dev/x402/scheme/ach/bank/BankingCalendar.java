package dev.x402.scheme.ach.bank;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/** The banking days of the Federal Reserve, by the clocks of New York. */
public final class BankingCalendar {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(Month.JANUARY, 1),
            MonthDay.of(Month.JUNE, 19),
            MonthDay.of(Month.JULY, 4),
            MonthDay.of(Month.NOVEMBER, 11),
            MonthDay.of(Month.DECEMBER, 25));

    /** A calendar for any year since 2021, when the newest of the holidays came in. */
    public BankingCalendar() {}

    /** Whether banks work: no weekend, no holiday; one on a Sunday is kept on Monday, one on a Saturday not at all. */
    public boolean isBankingDay(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case SATURDAY, SUNDAY -> false;
            case MONDAY -> !isHoliday(date) && !isHoliday(date.minusDays(1));
            default -> !isHoliday(date);
        };
    }

    /** The first banking day on or after this date. */
    public LocalDate onOrAfter(LocalDate date) {
        LocalDate day = date;
        while (!isBankingDay(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    /** The banking day so many banking days after this date. */
    public LocalDate after(LocalDate date, int bankingDays) {
        LocalDate day = date;
        for (int i = 0; i < bankingDays; i++) {
            day = onOrAfter(day.plusDays(1));
        }
        return day;
    }

    /** The date in New York. */
    public LocalDate date(Instant time) {
        return time.atZone(ZONE).toLocalDate();
    }

    /** The moment at which the clocks of New York show this; summer time is theirs. */
    public Instant at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(ZONE).toInstant();
    }

    private static boolean isHoliday(LocalDate date) {
        return FIXED.contains(MonthDay.from(date))
                || isThe(3, DayOfWeek.MONDAY, Month.JANUARY, date)
                || isThe(3, DayOfWeek.MONDAY, Month.FEBRUARY, date)
                || isThe(-1, DayOfWeek.MONDAY, Month.MAY, date)
                || isThe(1, DayOfWeek.MONDAY, Month.SEPTEMBER, date)
                || isThe(2, DayOfWeek.MONDAY, Month.OCTOBER, date)
                || isThe(4, DayOfWeek.THURSDAY, Month.NOVEMBER, date);
    }

    private static boolean isThe(int number, DayOfWeek day, Month month, LocalDate date) {
        return date.getMonth() == month
                && date.getDayOfWeek() == day
                && date.with(TemporalAdjusters.dayOfWeekInMonth(number, day)).equals(date);
    }
}
