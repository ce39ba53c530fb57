package dev.x402.quickstart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes as a real one does, from a moment that a scene chose, and jumps ahead when it says so. */
final class JumpingClock extends Clock {
    private final Clock real;
    private volatile Duration ahead;

    JumpingClock(Clock real, Instant begin) {
        this.real = real;
        this.ahead = Duration.between(real.instant(), begin);
    }

    /** Jumps to a moment, which must not be over. */
    void jump(Instant moment) {
        Duration further = Duration.between(instant(), moment);
        if (further.isNegative()) {
            throw new IllegalArgumentException("clock: expected a moment after " + instant() + ", saw " + moment);
        }
        ahead = ahead.plus(further);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead);
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
