package eu.sparrow.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A bank in memory, for payer and payee alike; what is due happens whenever it is asked and by {@link #tick}. */
final class SimulatedBank implements SepaBank {
    private static final ZoneId FRANKFURT = ZoneId.of("Europe/Berlin");
    private static final LocalTime CUT_OFF = LocalTime.of(16, 0);
    private static final LocalTime MORNING = LocalTime.of(7, 0);
    private static final Set<MonthDay> HOLIDAYS =
            Set.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(12, 25), MonthDay.of(12, 26));

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Long> balances = new HashMap<>();
    private final Map<String, Order> inbox = new LinkedHashMap<>();
    private final Map<String, Booking> bookings = new LinkedHashMap<>();
    private boolean held;
    private boolean out;
    private boolean losing;

    private record Booking(Order order, State state, Instant settles, Instant finalAt, String reason) {
        Booking as(State next, String why) {
            return new Booking(order, next, settles, finalAt, why);
        }
    }

    SimulatedBank(Clock clock) {
        this.clock = clock;
    }

    void open(LocalSepaWallet owner) {
        locked(() -> keys.put(owner.iban(), owner.key()));
    }

    void deposit(String iban, long cents) {
        locked(() -> balances.merge(iban, cents, Long::sum));
    }

    long balance(String iban) {
        return locked(() -> balances.getOrDefault(iban, 0L));
    }

    // ---- what the plugin may ask

    @Override
    public View look(String iban, String reference, Instant by) {
        return asked(() -> new View(
                clock.instant(),
                Optional.ofNullable(keys.get(iban)).map(key -> new Account(key, balances.getOrDefault(iban, 0L))),
                Optional.ofNullable(bookings.get(reference)).map(SimulatedBank::entry)));
    }

    @Override
    public void handIn(byte[] bytes, Instant by) {
        asked(() -> {
            Order order = read(bytes);
            inbox.putIfAbsent(order.reference(), order);
            work();
            return true;
        });
        if (locked(() -> {
            boolean now = losing;
            losing = false;
            return now;
        })) {
            throw new RailUnavailableException("sepa:eu: the bank's answer did not arrive");
        }
    }

    private static Entry entry(Booking booking) {
        return new Entry(
                booking.state(),
                booking.order().to().value(),
                booking.order().cents().value().longValueExact(),
                booking.settles(),
                booking.finalAt(),
                booking.reason());
    }

    private static Order read(byte[] bytes) {
        PaymentRequirements terms = PaymentRequirements.of(
                new Kind(SepaScheme.NAME, SepaRail.NETWORK), AtomicAmount.of(1), "EUR", "", 1, Json.Obj.EMPTY);
        Json.Obj payload = (Json.Obj) Codec.JSON.read(bytes);
        return Order.of(Payment.of(PaymentPayload.of(null, terms, payload), terms));
    }

    // ---- what tests may do

    /** Books what came in, settles what is due, ends what can no longer go back. */
    void tick() {
        locked(() -> {
            work();
            return true;
        });
    }

    void hold(boolean on) {
        locked(() -> held = on);
    }

    void drop() {
        locked(() -> {
            inbox.clear();
            return true;
        });
    }

    void outage(boolean on) {
        locked(() -> out = on);
    }

    void loseNextAnswer() {
        locked(() -> losing = true);
    }

    /** Books an order at once, whoever hands it in. */
    void book(Order order) {
        locked(() -> {
            booked(order);
            settle();
            return true;
        });
    }

    /** The payer asks for his money back: nothing happens twice, nor too late. */
    void giveBack(String reference) {
        locked(() -> bookings.computeIfPresent(reference, (same, booking) -> {
            if (booking.state() != State.SETTLED || !clock.instant().isBefore(booking.finalAt())) {
                return booking;
            }
            move(booking.order().to(), booking.order().from(), booking.order());
            return booking.as(State.RETURNED, "MD06");
        }));
    }

    private void work() {
        if (held) {
            return;
        }
        inbox.values().forEach(this::booked);
        inbox.clear();
        settle();
    }

    private void booked(Order order) {
        boolean authentic = Keys.verifies(
                keys.getOrDefault(order.from().value(), ""), order.text(), order.signature());
        if (!authentic || order.isOver(clock.instant())) {
            return;
        }
        Instant settles = order.speed() == Speed.INSTANT ? clock.instant() : morning(clock.instant());
        Instant end = order.speed() == Speed.INSTANT ? settles : settles.plus(SepaRail.REFUND);
        bookings.putIfAbsent(order.reference(), new Booking(order, State.TAKEN, settles, end, ""));
    }

    private void settle() {
        Instant now = clock.instant();
        bookings.replaceAll((reference, booking) -> {
            Booking next = booking;
            if (next.state() == State.TAKEN && !now.isBefore(next.settles())) {
                Order order = next.order();
                boolean covered = balances.getOrDefault(order.from().value(), 0L)
                        >= order.cents().value().longValueExact();
                next = covered ? next.as(State.SETTLED, "") : next.as(State.REFUSED, "AM04");
                if (covered) {
                    move(order.from(), order.to(), order);
                }
            }
            boolean over = next.state() == State.SETTLED && !now.isBefore(next.finalAt());
            return over ? next.as(State.FINAL, "") : next;
        });
    }

    private void move(Iban from, Iban to, Order order) {
        long cents = order.cents().value().longValueExact();
        balances.merge(from.value(), -cents, Long::sum);
        balances.merge(to.value(), cents, Long::sum);
    }

    /** The morning of the next banking day; what comes after the cut-off counts as of the day after. */
    static Instant morning(Instant now) {
        ZonedDateTime there = now.atZone(FRANKFURT);
        LocalDate day = there.toLocalDate();
        if (!isBankingDay(day) || !there.toLocalTime().isBefore(CUT_OFF)) {
            day = next(day);
        }
        return next(day).atTime(MORNING).atZone(FRANKFURT).toInstant();
    }

    private static LocalDate next(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!isBankingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** The holidays of the payment system but for those of Easter. */
    private static boolean isBankingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(MonthDay.from(day));
    }

    private <T> T asked(Supplier<T> call) {
        return locked(() -> {
            if (out) {
                throw new RailUnavailableException("sepa:eu: the bank cannot be reached");
            }
            work();
            return call.get();
        });
    }

    private <T> T locked(Supplier<T> call) {
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }
}
