package dev.x402.scheme.ach;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Event;
import dev.x402.scheme.ach.MandateBook.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on what the bank tells: blocks accounts, ends mandates, applies corrections, counts returns.
 *
 * <p>The facilitator's side works it about once a minute while it verifies and looks; an application whose payments are
 * all final at once calls {@link #work} by itself, such as each hour. What became of a payment is not decided here.
 */
public final class AchDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AchDesk.class);
    private static final int PAGE = 500;
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration COUNTED = Duration.ofDays(60);

    private final AchGateway gateway;
    private final MandateBook book;
    private final Clock clock;
    private final Consumer<Alarm> alarms;
    private final AtomicReference<Optional<Instant>> worked = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Set<Alarm.Rate>> ringing = new AtomicReference<>(Set.of());

    /**
     * A desk between a bank and a book.
     *
     * @param alarms hears when a rate rises above what the rules of the network allow, once until it falls again
     */
    public AchDesk(AchGateway gateway, MandateBook book, Clock clock, Consumer<Alarm> alarms) {
        this.gateway = requireNonNull(gateway, "gateway");
        this.book = requireNonNull(book, "book");
        this.clock = requireNonNull(clock, "clock");
        this.alarms = requireNonNull(alarms, "alarms");
    }

    /**
     * Reads all that the bank has to tell.
     *
     * @return how many events were new
     * @throws dev.x402.spi.RailUnavailableException when the bank cannot be asked; nothing is lost
     */
    public int work(Instant by) {
        int fresh = 0;
        List<Event> page;
        do {
            page = gateway.events(book.heard(), PAGE, by);
            for (Event event : page) {
                act(event, by);
                fresh += book.hear(event) ? 1 : 0;
            }
            if (!page.isEmpty()) {
                gateway.acknowledge(page.get(page.size() - 1).number(), by);
            }
        } while (page.size() == PAGE);
        if (fresh > 0) {
            ring();
        }
        return fresh;
    }

    /** What was heard of the last 60 days. */
    public Tally tally() {
        return book.tally(clock.instant().minus(COUNTED));
    }

    /** Works unless it did within the last minute. */
    void glance(Instant by) {
        Instant now = clock.instant();
        Optional<Instant> last = requireNonNull(worked.get());
        boolean due = last.isEmpty() || !now.isBefore(last.get().plus(REST));
        if (due && worked.compareAndSet(last, Optional.of(now))) {
            work(by);
        }
    }

    /** Before it is counted, so that a crash in between repeats it; it is harmless twice. */
    private void act(Event event, Instant by) {
        switch (event.kind()) {
            case SETTLED -> {}
            case RETURNED -> {
                ReturnCode.find(event.code())
                        .filter(ReturnCode::blocksAccount)
                        .ifPresent(code -> book.block(event.account(), event.at()));
                ReturnCode.find(event.code())
                        .filter(ReturnCode::revokesMandate)
                        .ifPresent(code -> book.revoke(event.mandate(), event.at()));
            }
            case NOTICE -> {
                Answer answer = gateway.correct(event.number(), by);
                if (answer instanceof Answer.Refused refused) {
                    LOG.warn("notice {} of entry {}: not applied: {}", event.code(), event.trace(), refused.message());
                }
            }
        }
    }

    private void ring() {
        Tally tally = tally();
        Set<Alarm.Rate> high = EnumSet.noneOf(Alarm.Rate.class);
        for (Alarm.Rate rate : Alarm.Rate.values()) {
            if (rate.isExceeded(tally)) {
                high.add(rate);
            }
        }
        Set<Alarm.Rate> before = requireNonNull(ringing.getAndSet(Set.copyOf(high)));
        for (Alarm.Rate rate : high) {
            if (!before.contains(rate)) {
                alarms.accept(new Alarm(rate, tally));
            }
        }
    }

    /**
     * A rate of returns that is too high.
     *
     * @param rate which
     * @param tally of the last 60 days
     */
    public record Alarm(Rate rate, Tally tally) {
        public Alarm {
            requireNonNull(rate, "rate");
            requireNonNull(tally, "tally");
        }

        /** What is counted, and from where on it is too much. */
        public enum Rate {
            /** More than 0.5 % of the debits were returned as unauthorised. */
            UNAUTHORISED(5),
            /** More than 3 % were returned for a wrong account. */
            ADMINISTRATIVE(30),
            /** More than 15 % were returned. */
            ALL(150);

            private final int permille;

            Rate(int permille) {
                this.permille = permille;
            }

            boolean isExceeded(Tally tally) {
                long returns = switch (this) {
                    case UNAUTHORISED -> tally.unauthorised();
                    case ADMINISTRATIVE -> tally.administrative();
                    case ALL -> tally.returns();
                };
                return returns * 1_000 > tally.debits() * permille;
            }
        }
    }
}
