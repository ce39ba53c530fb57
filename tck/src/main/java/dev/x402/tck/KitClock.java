package dev.x402.tck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.locks.ReentrantLock;

/** A clock that goes when the kit says so; its base stands still unless a fixture gives another. */
final class KitClock extends Clock {
    private static final Clock STILL = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private record Hands(Clock base, Duration ahead) {}

    private final ReentrantLock moving = new ReentrantLock();
    private volatile Hands hands = new Hands(STILL, Duration.ZERO);

    void base(Clock base) {
        hands = new Hands(base, Duration.ZERO);
    }

    void forward(Duration duration) {
        moving.lock();
        try {
            hands = new Hands(hands.base(), hands.ahead().plus(duration));
        } finally {
            moving.unlock();
        }
    }

    @Override
    public Instant instant() {
        Hands now = hands;
        return now.base().instant().plus(now.ahead());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return hands.base().withZone(zone);
    }
}
