package dev.x402.scheme.ach;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Event;
import dev.x402.spec.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mandate book in memory, and the model of every other.
 *
 * <p>It grows with the mandates, with what they used in their current period, and with 60 days of events.
 */
public final class InMemoryMandateBook implements MandateBook {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Duration REMEMBERED = Duration.ofDays(62);

    private final Object lock = new Object();
    private final Map<String, Page> pages = new HashMap<>();
    private final Map<String, Instant> blocked = new HashMap<>();
    private final TreeMap<LocalDate, Day> days = new TreeMap<>();
    private long heard;

    /** An empty book. */
    public InMemoryMandateBook() {}

    @Override
    public Answer enrol(String tenant, SignedMandate signed) {
        if (!signed.isAuthentic()) {
            return new Answer.Refused(
                    Codes.SIGNATURE, "signature: expected one of the mandate's key over the mandate, saw another");
        }
        synchronized (lock) {
            Page there = pages.putIfAbsent(signed.mandate().id(), new Page(tenant, signed.mandate()));
            return there == null || (there.tenant.equals(tenant) && there.mandate.equals(signed.mandate()))
                    ? new Answer.Taken()
                    : new Answer.Refused(
                            ErrorCode.INVALID_PAYLOAD, "mandate.id: expected a new one, saw that of another mandate");
        }
    }

    @Override
    public Optional<Enrolment> find(String mandate) {
        synchronized (lock) {
            return Optional.ofNullable(pages.get(mandate))
                    .map(page -> new Enrolment(
                            page.tenant,
                            page.mandate,
                            Optional.ofNullable(page.revoked),
                            Optional.ofNullable(blocked.get(page.mandate.account()))));
        }
    }

    @Override
    public long left(String mandate, String id, Instant now) {
        synchronized (lock) {
            Page page = pages.get(mandate);
            return page == null ? 0 : page.left(id, now);
        }
    }

    @Override
    public boolean use(String mandate, String id, long cents, Instant now) {
        synchronized (lock) {
            Page page = pages.get(mandate);
            return page != null && page.use(id, cents, now);
        }
    }

    @Override
    public void giveBack(String mandate, String id) {
        synchronized (lock) {
            Page page = pages.get(mandate);
            if (page != null) {
                page.giveBack(id);
            }
        }
    }

    @Override
    public void revoke(String mandate, Instant at) {
        synchronized (lock) {
            Page page = pages.get(mandate);
            if (page != null && page.revoked == null) {
                page.revoked = at;
            }
        }
    }

    @Override
    public void block(String account, Instant at) {
        synchronized (lock) {
            blocked.putIfAbsent(account, at);
        }
    }

    @Override
    public long heard() {
        synchronized (lock) {
            return heard;
        }
    }

    @Override
    public boolean hear(Event event) {
        synchronized (lock) {
            if (event.number() <= heard) {
                return false;
            }
            heard = event.number();
            String name = event.trace() + event.code();
            if (days.values().stream().anyMatch(day -> day.names.contains(name))) {
                return false;
            }
            LocalDate date = event.at().atZone(ZONE).toLocalDate();
            days.computeIfAbsent(date, same -> new Day()).hear(event, name);
            days.headMap(event.at().minus(REMEMBERED).atZone(ZONE).toLocalDate())
                    .clear();
            return true;
        }
    }

    @Override
    public Tally tally(Instant since) {
        synchronized (lock) {
            Tally sum = new Tally(0, 0, 0, 0);
            for (Day day : days.tailMap(since.atZone(ZONE).toLocalDate(), true).values()) {
                sum = day.addedTo(sum);
            }
            return sum;
        }
    }

    /** A mandate and what of it was used in its current period. */
    private static final class Page {
        private final String tenant;
        private final Mandate mandate;
        private final Map<String, Long> used = new HashMap<>();
        private String period = "";
        private long sum;
        private @Nullable Instant revoked;

        private Page(String tenant, Mandate mandate) {
            this.tenant = tenant;
            this.mandate = mandate;
        }

        private long left(String id, Instant now) {
            turn(now);
            Long own = used.get(id);
            if (mandate.scope() == Mandate.Scope.SINGLE && own == null && !used.isEmpty()) {
                return 0;
            }
            return mandate.maximum() - sum + (own == null ? 0 : own);
        }

        private boolean use(String id, long cents, Instant now) {
            if (cents > left(id, now)) {
                return false;
            }
            Long before = used.put(id, cents);
            sum += cents - (before == null ? 0 : before);
            return true;
        }

        private void giveBack(String id) {
            Long own = used.remove(id);
            sum -= own == null ? 0 : own;
        }

        private void turn(Instant now) {
            String current = period(now);
            if (!current.equals(period)) {
                period = current;
                used.clear();
                sum = 0;
            }
        }

        private String period(Instant now) {
            LocalDate date = now.atZone(ZONE).toLocalDate();
            if (mandate.scope() == Mandate.Scope.SINGLE) {
                return "ever";
            }
            return switch (mandate.period()) {
                case DAY -> date.toString();
                case WEEK -> date.get(IsoFields.WEEK_BASED_YEAR) + "-W" + date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                case MONTH -> date.getYear() + "-" + date.getMonthValue();
                case YEAR -> Integer.toString(date.getYear());
            };
        }
    }

    /** What was heard of one day. */
    private static final class Day {
        private final Set<String> names = new HashSet<>();
        private long debits;
        private long returns;
        private long unauthorised;
        private long administrative;

        private void hear(Event event, String name) {
            if (event.kind() == Event.Kind.SETTLED) {
                debits++;
                return;
            }
            names.add(name);
            if (event.kind() == Event.Kind.RETURNED) {
                Optional<ReturnCode> code = ReturnCode.find(event.code());
                returns++;
                unauthorised += code.filter(ReturnCode::isUnauthorised).isPresent() ? 1 : 0;
                administrative += code.filter(ReturnCode::isAdministrative).isPresent() ? 1 : 0;
            }
        }

        private Tally addedTo(Tally sum) {
            return new Tally(
                    sum.debits() + debits,
                    sum.returns() + returns,
                    sum.unauthorised() + unauthorised,
                    sum.administrative() + administrative);
        }
    }
}
