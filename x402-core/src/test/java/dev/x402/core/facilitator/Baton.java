package dev.x402.core.facilitator;

import dev.x402.core.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Time and threads of a simulation: one thread runs at a time, in an order that the simulation decides.
 *
 * <p>Code runs on a thread of its own and hands the baton on wherever it calls {@link #rest}. Nothing else decides an
 * order, so equal seeds give equal runs.
 */
final class Baton extends Clock implements Pause {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulation");
        thread.setDaemon(true);
        return thread;
    });

    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparingLong(Turn::at).thenComparingLong(Turn::order));
    private final List<Actor> actors = new ArrayList<>();
    private final Actor main = new Actor();
    private Actor current = main;
    private long now;
    private long order;
    private boolean ended;
    private Throwable broken;

    /** A process that can be killed; its threads die where they next rest. */
    static final class Process {
        private boolean dead;

        void kill() {
            dead = true;
        }

        boolean isDead() {
            return dead;
        }
    }

    /** The process of this thread was killed. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** The simulation is over. */
    private static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("ended", null, false, false);
        }
    }

    private static final class Actor {
        private final Semaphore turn = new Semaphore(0);
        private Process process = new Process();
        private boolean done;
    }

    private record Turn(long at, long order, Actor actor, Runnable event) {}

    /** Milliseconds since the start. */
    long now() {
        return now;
    }

    /** Does something to the world after this time. */
    void after(long millis, Runnable event) {
        turns.add(new Turn(now + millis, order++, null, event));
    }

    /** Runs code on a thread of its own after this time. */
    void start(long millis, Runnable body) {
        Actor actor = new Actor();
        actors.add(actor);
        turns.add(new Turn(now + millis, order++, actor, null));
        THREADS.execute(() -> {
            actor.turn.acquireUninterruptibly();
            try {
                if (!ended) {
                    body.run();
                }
            } catch (Ended e) {
                // the run is over
            } catch (Throwable e) {
                broken = e;
            }
            actor.done = true;
            if (ended) {
                main.turn.release();
            } else {
                hand(null);
            }
        });
    }

    /** Runs code of a process on this thread; what it was killed in ends with {@link Killed}. */
    void in(Process process, Runnable body) {
        Process before = current.process;
        Actor actor = current;
        actor.process = process;
        try {
            requireAlive(process);
            body.run();
        } finally {
            actor.process = before;
        }
    }

    /** The process that runs now. */
    Process process() {
        return current.process;
    }

    /** Lets others run and goes on after this time, if the process still lives. */
    void rest(long millis) {
        Actor self = current;
        if (millis > 0) {
            turns.add(new Turn(now + millis, order++, self, null));
            hand(self);
        }
        requireAlive(self.process);
    }

    /** Runs until this is so, looking once a second, or until the time is over; then ends every thread. */
    void run(BooleanSupplier over, long longest) {
        look(over, now + longest);
        hand(main);
        ended = true;
        for (Actor actor : actors) {
            if (!actor.done) {
                current = actor;
                actor.turn.release();
                main.turn.acquireUninterruptibly();
            }
        }
        if (broken != null) {
            throw new AssertionError("simulation broke: " + broken, broken);
        }
    }

    private void look(BooleanSupplier over, long end) {
        after(1000, () -> {
            if (over.getAsBoolean() || now >= end || broken != null) {
                turns.clear();
                turns.add(new Turn(now, order++, main, null));
            } else {
                look(over, end);
            }
        });
    }

    private void hand(Actor self) {
        while (true) {
            Turn next = turns.remove();
            now = Math.max(now, next.at());
            if (next.event() != null) {
                next.event().run();
            } else if (next.actor() == self) {
                current = self;
                return;
            } else {
                current = next.actor();
                next.actor().turn.release();
                if (self != null) {
                    self.turn.acquireUninterruptibly();
                }
                return;
            }
        }
    }

    private void requireAlive(Process process) {
        if (ended) {
            throw new Ended();
        }
        if (process.dead) {
            throw new Killed();
        }
    }

    @Override
    public void pause(Duration time) {
        rest(Math.max(1, time.toMillis()));
    }

    @Override
    public Instant instant() {
        return ManualTime.START.plusMillis(now);
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
