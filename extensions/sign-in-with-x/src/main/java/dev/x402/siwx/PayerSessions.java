package dev.x402.siwx;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A port: the payer's sessions by origin, in memory; giving it lets the payer sign in.
 *
 * <p>Bounded: the origin that was longest not asked is forgotten. Safe for threads, and for several payers of one wallet.
 */
public final class PayerSessions {
    private static final int MOST_SEATS = 4;

    private final int most;
    private final boolean bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, List<Seat>> byOrigin = new LinkedHashMap<>(16, 0.75f, true);

    private PayerSessions(int most, boolean bound) {
        this.most = most;
        this.bound = bound;
    }

    /** Sessions of up to 256 origins. */
    public static PayerSessions inMemory() {
        return inMemory(256);
    }

    /** Sessions of up to so many origins. */
    public static PayerSessions inMemory(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("sessions: expected room for one or more, saw " + most);
        }
        return new PayerSessions(most, false);
    }

    /**
     * The same room, empty, for sessions that are bound to keys.
     *
     * <p>Each request is signed, over its address and the time, so that a stolen token is worth nothing.
     */
    public PayerSessions boundToKeys() {
        return new PayerSessions(most, true);
    }

    /** Forgets the sessions of the origin of this address. */
    public void forget(String url) {
        Origin.find(requireNonNull(url, "url")).ifPresent(origin -> changed(origin, seats -> List.of()));
    }

    boolean isBound() {
        return bound;
    }

    /** The seats of an origin, the one in use first. */
    List<Seat> seats(Origin origin) {
        lock.lock();
        try {
            return List.copyOf(byOrigin.getOrDefault(origin, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Puts a seat first, in place of the one of the same account. */
    void first(Origin origin, Seat seat) {
        changed(origin, seats -> {
            List<Seat> next = new ArrayList<>(List.of(seat));
            seats.stream()
                    .filter(other -> !other.isOf(seat))
                    .limit(MOST_SEATS - 1)
                    .forEach(next::add);
            return next;
        });
    }

    /** Puts the seat that is first behind all others. */
    void turn(Origin origin) {
        changed(origin, seats -> {
            List<Seat> next = new ArrayList<>(seats);
            Collections.rotate(next, -1);
            return next;
        });
    }

    private void changed(Origin origin, Function<List<Seat>, List<Seat>> change) {
        lock.lock();
        try {
            List<Seat> next = change.apply(byOrigin.getOrDefault(origin, List.of()));
            byOrigin.remove(origin);
            if (!next.isEmpty()) {
                byOrigin.put(origin, List.copyOf(next));
            }
            if (byOrigin.size() > most) {
                byOrigin.remove(byOrigin.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The room; nothing of the sessions. */
    @Override
    public String toString() {
        return "sessions of up to " + most + " origins";
    }
}
