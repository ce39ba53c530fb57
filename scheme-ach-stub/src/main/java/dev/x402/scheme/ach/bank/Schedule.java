package dev.x402.scheme.ach.bank;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AchGateway.Speed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * When files close and settle, by the clocks of New York.
 *
 * @param sameDay windows of a banking day, in order
 * @param nextDayCutOff until when an entry is in the file of the day
 * @param opens when the files of the night are settled and returns arrive
 */
public record Schedule(List<Window> sameDay, LocalTime nextDayCutOff, LocalTime opens) {
    /** As the Federal Reserve has it; a bank's own cut-offs are earlier. */
    public static final Schedule FEDERAL_RESERVE = new Schedule(
            List.of(
                    new Window(LocalTime.of(10, 30), LocalTime.of(13, 0)),
                    new Window(LocalTime.of(14, 45), LocalTime.of(17, 0)),
                    new Window(LocalTime.of(16, 45), LocalTime.of(18, 0))),
            LocalTime.of(20, 0),
            LocalTime.of(8, 30));

    public Schedule {
        sameDay = List.copyOf(sameDay);
        requireNonNull(nextDayCutOff, "nextDayCutOff");
        requireNonNull(opens, "opens");
    }

    /**
     * A window of the same day.
     *
     * @param cutOff before which an entry is in it
     * @param settles when its money moves
     */
    public record Window(LocalTime cutOff, LocalTime settles) {
        public Window {
            if (!cutOff.isBefore(settles)) {
                throw new IllegalArgumentException(
                        "window: expected to settle after its cut-off, saw " + settles + " and " + cutOff);
            }
        }
    }

    /** The file that takes an entry now; at a cut-off it is the next one. */
    Slot slot(Instant now, Speed speed, BankingCalendar calendar) {
        LocalDate today = calendar.date(now);
        LocalDate first = calendar.onOrAfter(today);
        for (LocalDate day : List.of(first, calendar.after(first, 1))) {
            if (speed == Speed.NEXT_DAY) {
                Instant closes = calendar.at(day, nextDayCutOff);
                if (now.isBefore(closes)) {
                    LocalDate settled = calendar.after(day, 1);
                    return new Slot(closes, calendar.at(settled, opens), settled);
                }
            } else {
                for (Window window : sameDay) {
                    Instant closes = calendar.at(day, window.cutOff());
                    if (now.isBefore(closes)) {
                        return new Slot(closes, calendar.at(day, window.settles()), day);
                    }
                }
            }
        }
        throw new IllegalStateException("schedule: expected a window for " + speed + ", saw none; it has no windows");
    }

    /** Before this time a code with two banking days may come. */
    Instant earlyDeadline(LocalDate settled, BankingCalendar calendar) {
        return calendar.at(calendar.after(settled, 3), opens);
    }

    /** Before this time a code with 60 calendar days may come. */
    Instant lateDeadline(LocalDate settled, BankingCalendar calendar) {
        return calendar.at(calendar.onOrAfter(settled.plusDays(61)), opens);
    }

    /**
     * The file of an entry.
     *
     * @param closes when it is sent
     * @param settles when its money moves
     * @param date on which it settles
     */
    record Slot(Instant closes, Instant settles, LocalDate date) {}
}
