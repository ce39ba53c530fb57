package dev.x402.scheme.ach;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when it is told to, and is told in New York's time. */
public final class FakeClock extends Clock {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private volatile Instant now;

    /** A clock that shows this, such as {@code 2026-11-24T10:00}. */
    public FakeClock(String newYork) {
        this.now = newYork(newYork);
    }

    /** The moment at which the clocks of New York show this. */
    public static Instant newYork(String local) {
        return LocalDateTime.parse(local).atZone(NEW_YORK).toInstant();
    }

    /** Goes on to the moment at which the clocks of New York show this. */
    public void until(String newYork) {
        Instant then = newYork(newYork);
        if (then.isBefore(now)) {
            throw new IllegalArgumentException("a clock does not go back");
        }
        now = then;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
