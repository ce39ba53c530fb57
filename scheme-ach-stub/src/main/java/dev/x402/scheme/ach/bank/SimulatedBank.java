package dev.x402.scheme.ach.bank;

import static dev.x402.scheme.ach.bank.Refusals.refused;
import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AccountKind;
import dev.x402.scheme.ach.AchGateway;
import dev.x402.scheme.ach.Funding;
import dev.x402.scheme.ach.ReturnCode;
import dev.x402.scheme.ach.bank.BankLedger.Item;
import dev.x402.scheme.ach.bank.BankLedger.Line;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.RailUnavailableException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An originating bank and all the other banks, simulated.
 *
 * <p>Whenever it is asked, it first does what was due by its clock. It forgets an entry {@value #REMEMBERED_DAYS} days
 * after nothing can happen to it any more. The methods below {@link AchGateway}'s are for tests and demos: they are the
 * world outside the bank.
 */
public final class SimulatedBank implements AchGateway {
    /** How long an entry is remembered that nothing can happen to any more. */
    static final long REMEMBERED_DAYS = 10;

    private static final Duration REMEMBERED = Duration.ofDays(REMEMBERED_DAYS);
    private static final int CORRECTION_DAYS = 6;
    private static final int DISPUTED_DAYS = 40;
    private static final int TRACES = 10_000_000;
    private static final Map<Long, ReturnCode> MAGIC = Map.of(
            1L, ReturnCode.R01,
            2L, ReturnCode.R02,
            3L, ReturnCode.R03,
            10L, ReturnCode.R10,
            29L, ReturnCode.R29);

    private final Clock clock;
    private final BankingCalendar calendar;
    private final Schedule schedule;
    private final BankLedger ledger;
    private final boolean deduplicates;
    private final boolean magic;
    private final long sameDayLimit;
    private final long guaranteedUpTo;
    private final String odfi;

    private final Object lock = new Object();
    private final Vault vault;
    private final Holds holds = new Holds();
    private final Feed feed = new Feed();
    private final TreeMap<Instant, List<Entry>> open = new TreeMap<>();
    private final Map<String, Instant> sent = new LinkedHashMap<>();
    private Optional<AchFile> lastFile = Optional.empty();
    private long sequence;
    private boolean held;
    private boolean out;
    private boolean losingAnswer;
    private boolean losingEntry;

    private SimulatedBank(Builder builder) {
        clock = builder.clock;
        calendar = new BankingCalendar();
        schedule = builder.schedule;
        ledger = builder.ledger;
        deduplicates = builder.deduplicates;
        magic = builder.magic;
        sameDayLimit = builder.sameDayLimit;
        guaranteedUpTo = builder.guaranteedUpTo;
        odfi = builder.odfi;
        vault = new Vault(builder.random);
    }

    /**
     * A builder of a bank.
     *
     * @param clock which alone says what is due
     * @param random for the tokens of accounts
     */
    public static Builder builder(Clock clock, SecureRandom random) {
        return new Builder(clock, random);
    }

    @Override
    public boolean deduplicates() {
        return deduplicates;
    }

    @Override
    public long most(Speed speed) {
        return speed == Speed.SAME_DAY ? sameDayLimit : Builder.ENTRY_LIMIT;
    }

    @Override
    public long guaranteedUpTo() {
        return guaranteedUpTo;
    }

    @Override
    public String trace(Instant by) {
        synchronized (lock) {
            reachable();
            String trace;
            do {
                sequence = sequence % (TRACES - 1) + 1;
                trace = odfi + String.format(Locale.ROOT, "%07d", sequence);
            } while (ledger.item(trace).isPresent());
            return trace;
        }
    }

    @Override
    public View look(String endToEndId, String account, Instant by) {
        synchronized (lock) {
            Instant now = asked();
            boolean used = ledger.items(endToEndId).stream().anyMatch(item -> item.state() != State.REFUSED);
            return new View(
                    used,
                    vault.kind(account),
                    Math.max(0, prefunded(account) - holds.others(account, endToEndId, now)),
                    Math.max(0, Math.min(guaranteedUpTo, ledger.balance(Books.GUARANTEE))));
        }
    }

    @Override
    public Answer hold(Entry entry, Instant by) {
        synchronized (lock) {
            Instant now = asked();
            if (prefunded(entry.account()) - holds.others(entry.account(), entry.endToEndId(), now) < entry.cents()) {
                return insufficient();
            }
            holds.put(entry.account(), entry.endToEndId(), entry.cents(), entry.notAfter(), now);
            return new Answer.Taken();
        }
    }

    @Override
    public Answer originate(Entry entry, Instant by) {
        synchronized (lock) {
            Instant now = asked();
            if (losingEntry) {
                losingEntry = false;
                throw new RailUnavailableException("bank: the entry did not arrive");
            }
            Answer answer = taken(entry, now);
            work();
            if (losingAnswer) {
                losingAnswer = false;
                throw new RailUnavailableException("bank: the answer was lost");
            }
            return answer;
        }
    }

    @Override
    public Status status(String trace, Instant by) {
        synchronized (lock) {
            Instant now = asked();
            return ledger.item(trace).map(item -> status(item, now)).orElseGet(() -> Status.unknown(trace, now));
        }
    }

    @Override
    public List<Status> statuses(String endToEndId, Instant by) {
        synchronized (lock) {
            Instant now = asked();
            return ledger.items(endToEndId).stream()
                    .filter(item -> item.state() != State.REFUSED)
                    .map(item -> status(item, now))
                    .toList();
        }
    }

    @Override
    public List<Event> events(long after, int limit, Instant by) {
        synchronized (lock) {
            asked();
            return feed.after(after, limit);
        }
    }

    @Override
    public void acknowledge(long number, Instant by) {
        synchronized (lock) {
            reachable();
            feed.acknowledge(number);
        }
    }

    @Override
    public Answer correct(long notice, Instant by) {
        synchronized (lock) {
            reachable();
            return vault.correct(notice)
                    ? new Answer.Taken()
                    : refused(Refusals.UNKNOWN_NOTICE, "notice: expected one that is open, saw " + notice);
        }
    }

    /** Opens an account and answers its token. */
    public String open(BankAccount account) {
        synchronized (lock) {
            return vault.open(account);
        }
    }

    /** What people may be shown of an account, such as its last four characters. */
    public Optional<BankAccount> account(String token) {
        synchronized (lock) {
            return vault.find(token);
        }
    }

    /** Closes an account, whose debits come back as R02 from now on. */
    public void close(String token) {
        synchronized (lock) {
            vault.close(token);
        }
    }

    /** Money comes to an account from outside, such as a salary. */
    public void deposit(String token, long cents) {
        synchronized (lock) {
            ledger.post(Books.move(Books.OUTSIDE, Books.account(token), cents));
        }
    }

    /** The payer pushes money to the bank, to pay from it later. */
    public void prefund(String token, long cents) {
        synchronized (lock) {
            ledger.post(Books.move(Books.account(token), Books.prefunded(token), cents));
        }
    }

    /** The guarantor puts up money out of which it guarantees. */
    public void endow(long cents) {
        synchronized (lock) {
            ledger.post(Books.move(Books.OUTSIDE, Books.GUARANTEE, cents));
        }
    }

    /** What is in an account. */
    public long balance(String token) {
        synchronized (lock) {
            work();
            return ledger.balance(Books.account(token));
        }
    }

    /** What is prefunded from an account, with what is put aside. */
    public long prefunded(String token) {
        synchronized (lock) {
            return ledger.balance(Books.prefunded(token));
        }
    }

    /** What the guarantor has left. */
    public long guarantee() {
        synchronized (lock) {
            work();
            return ledger.balance(Books.GUARANTEE);
        }
    }

    /** The payer's bank returns a debit; what was not settled yet comes back when it settles. */
    public Answer giveBack(String trace, ReturnCode code) {
        synchronized (lock) {
            Instant now = work();
            Optional<Item> found = ledger.item(trace);
            if (found.isEmpty()) {
                return refused(Refusals.UNKNOWN_TRACE, "return.trace: expected one of an entry, saw another");
            }
            Item item = found.get();
            if (item.state() == State.RETURNED) {
                return refused(
                        Refusals.ALREADY_RETURNED,
                        "return.trace: expected an entry that was not returned, saw one that was, as "
                                + item.returnsAs().map(ReturnCode::value).orElse("another"));
            }
            if (item.state() == State.FINAL
                    || item.state() == State.REFUSED
                    || item.slot().isEmpty()) {
                return refused(Refusals.NOT_RETURNABLE, "return.trace: expected a debit in its window, saw another");
            }
            if (!now.isBefore(deadline(item, code))) {
                return refused(Refusals.TOO_LATE, "return.code: expected one that may still come, saw " + code.value());
            }
            Instant then = item.state() == State.SETTLED ? now : item.settles();
            Item returning = item.returning(code, item.state() == State.SETTLED ? then : item.next());
            ledger.replace(item, returning, List.of());
            work();
            return new Answer.Taken();
        }
    }

    /** The payer's bank says how an account is to be corrected, such as C01. */
    public Answer notice(String trace, String code, BankAccount corrected) {
        synchronized (lock) {
            Instant now = work();
            Optional<Item> found = ledger.item(trace);
            if (found.isEmpty()) {
                return refused(Refusals.UNKNOWN_TRACE, "notice.trace: expected one of an entry, saw another");
            }
            Entry entry = found.get().entry();
            LocalDate due = calendar.after(calendar.date(now), CORRECTION_DAYS);
            long number = feed.tell(Event.Kind.NOTICE, entry, code, now);
            vault.notice(number, entry.account(), corrected, calendar.at(due, schedule.opens()));
            return new Answer.Taken();
        }
    }

    /** A file that comes from outside: taken as a whole, or refused as a whole. */
    public Answer receive(AchFile file) {
        synchronized (lock) {
            Instant now = work();
            if (sent.containsKey(AchFile.hash(file.entries()))) {
                return refused(Refusals.DUPLICATE_FILE, "file.hash: expected a new file, saw one that came before");
            }
            if (AchFile.total(file.entries()) != file.total()) {
                return refused(
                        Refusals.FILE_CONTROL,
                        "file.total: expected " + AchFile.total(file.entries()) + ", saw " + file.total());
            }
            if (!AchFile.hash(file.entries()).equals(file.hash())) {
                return refused(Refusals.FILE_CONTROL, "file.hash: expected that of the entries, saw another");
            }
            for (int i = 0; i < file.entries().size(); i++) {
                Entry entry = file.entries().get(i);
                if (ledger.item(entry.trace()).isPresent()) {
                    return refused(
                            Refusals.DUPLICATE_TRACE,
                            "file.entries[" + i + "].trace: expected a new one, saw one of another entry");
                }
            }
            file.entries().forEach(entry -> taken(entry, now));
            remember(file, now);
            return new Answer.Taken();
        }
    }

    /** The file that went out last. */
    public Optional<AchFile> lastFile() {
        synchronized (lock) {
            work();
            return lastFile;
        }
    }

    /** While on, nothing settles. */
    public void hold(boolean on) {
        synchronized (lock) {
            held = on;
            work();
        }
    }

    /** Loses what was taken and has not settled, as a torn file does. */
    public void drop() {
        synchronized (lock) {
            ledger.waiting().forEach(item -> {
                ledger.remove(item);
                holds.release(item.entry().account(), item.entry().endToEndId());
            });
            open.clear();
        }
    }

    /** While on, the bank cannot be asked; it goes on working. */
    public void outage(boolean on) {
        synchronized (lock) {
            out = on;
        }
    }

    /** The next entry is taken and its answer is lost. */
    public void loseNextAnswer() {
        synchronized (lock) {
            losingAnswer = true;
        }
    }

    /** The next entry is lost on its way. */
    public void loseNextEntry() {
        synchronized (lock) {
            losingEntry = true;
        }
    }

    /** How many entries are remembered. */
    public int remembered() {
        synchronized (lock) {
            work();
            return ledger.size() + feed.size();
        }
    }

    private Answer taken(Entry entry, Instant now) {
        if (deduplicates) {
            Optional<Item> same = ledger.item(entry.trace());
            if (same.isPresent() && same.get().state() != State.REFUSED) {
                return same.get().entry().equals(entry)
                        ? new Answer.Taken()
                        : refused(
                                Refusals.DUPLICATE_TRACE, "entry.trace: expected a new one, saw that of another entry");
            }
            for (Item item : ledger.items(entry.endToEndId())) {
                if (item.state() != State.REFUSED) {
                    return item.entry().hasTermsOf(entry)
                            ? new Answer.Taken()
                            : refused(
                                    Refusals.DUPLICATE_ID,
                                    "entry.endToEndId: expected the terms of its first use, saw others");
                }
            }
        }
        if (!now.isBefore(entry.notAfter())) {
            return refused(Refusals.STALE, "entry.notAfter: expected a time after now, saw an earlier one");
        }
        Optional<Answer.Refused> refusal = refusal(entry, now);
        Item item = item(entry, refusal.map(Answer.Refused::code), now);
        if (!ledger.add(item)) {
            return refused(Refusals.DUPLICATE_TRACE, "entry.trace: expected a new one, saw that of another entry");
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        item.slot()
                .ifPresent(closes ->
                        open.computeIfAbsent(closes, same -> new ArrayList<>()).add(entry));
        if (entry.funding() == Funding.PREFUNDED) {
            holds.put(entry.account(), entry.endToEndId(), entry.cents(), Instant.MAX, now);
        }
        return new Answer.Taken();
    }

    private Optional<Answer.Refused> refusal(Entry entry, Instant now) {
        if (vault.find(entry.account()).isEmpty() || vault.find(entry.payee()).isEmpty()) {
            return Optional.of(refused(
                    Refusals.ACCOUNT_UNKNOWN,
                    "entry." + (vault.find(entry.account()).isEmpty() ? "account" : "payee")
                            + ": expected a token of this bank, saw another"));
        }
        if (vault.isCorrectionDue(entry.account(), now)) {
            return Optional.of(refused(
                    Refusals.CORRECTION_DUE,
                    "entry.account: expected one that was corrected within " + CORRECTION_DAYS
                            + " banking days of its notice, saw one that was not"));
        }
        return switch (entry.funding()) {
            case PREFUNDED ->
                prefunded(entry.account()) - holds.others(entry.account(), entry.endToEndId(), now) < entry.cents()
                        ? Optional.of(insufficient())
                        : Optional.empty();
            case GUARANTEED ->
                Math.min(guaranteedUpTo, ledger.balance(Books.GUARANTEE)) < entry.cents()
                        ? Optional.of(refused(
                                Refusals.NOT_GUARANTEED, "entry.cents: expected at most what is guaranteed, saw more"))
                        : overLimit(entry);
            case DEBIT -> overLimit(entry);
        };
    }

    private Optional<Answer.Refused> overLimit(Entry entry) {
        long most = most(entry.speed());
        return entry.cents() > most
                ? Optional.of(refused(
                        Refusals.OVER_LIMIT,
                        "entry.cents: expected at most " + most + " for " + entry.speed() + ", saw " + entry.cents()))
                : Optional.empty();
    }

    private Item item(Entry entry, Optional<ErrorCode> refused, Instant now) {
        String name = entry.trace();
        for (int copy = 2; !deduplicates && ledger.item(name).isPresent(); copy++) {
            name = entry.trace() + "/" + copy;
        }
        if (refused.isPresent()) {
            return new Item(
                    name,
                    entry,
                    State.REFUSED,
                    Optional.empty(),
                    now,
                    now,
                    Optional.empty(),
                    refused,
                    now.plus(REMEMBERED));
        }
        if (entry.funding() == Funding.PREFUNDED) {
            return new Item(
                    name, entry, State.TAKEN, Optional.empty(), now, now, Optional.empty(), Optional.empty(), now);
        }
        Schedule.Slot slot = schedule.slot(now, entry.speed(), calendar);
        boolean consumer = vault.find(entry.account())
                .filter(account -> account.kind().isConsumer())
                .isPresent();
        return new Item(
                name,
                entry,
                State.TAKEN,
                Optional.of(slot.closes()),
                slot.settles(),
                consumer ? schedule.lateDeadline(slot.date(), calendar) : schedule.earlyDeadline(slot.date(), calendar),
                Optional.empty(),
                Optional.empty(),
                entry.funding() == Funding.GUARANTEED ? now : slot.settles());
    }

    /** Does what is due, the earliest first, and answers the time. */
    private Instant work() {
        Instant now = clock.instant();
        if (!held) {
            for (Optional<Item> due = ledger.due(now); due.isPresent(); due = ledger.due(now)) {
                send(due.get().next());
                step(due.get());
            }
            send(now);
        }
        return now;
    }

    private void step(Item item) {
        Entry entry = item.entry();
        String payer = Books.account(entry.account());
        String payee = Books.account(entry.payee());
        boolean guaranteed = entry.funding() == Funding.GUARANTEED;
        Instant at = item.next();
        switch (item.state()) {
            case TAKEN -> {
                if (entry.funding() == Funding.PREFUNDED) {
                    ledger.replace(
                            item,
                            item.moved(State.FINAL, at.plus(REMEMBERED)),
                            Books.move(Books.prefunded(entry.account()), payee, entry.cents()));
                    holds.release(entry.account(), entry.endToEndId());
                } else if (guaranteed) {
                    ledger.replace(
                            item,
                            item.moved(State.GUARANTEED, item.settles()),
                            Books.move(Books.GUARANTEE, payee, entry.cents()));
                } else {
                    settle(item, Books.move(payer, payee, entry.cents()));
                }
            }
            case GUARANTEED -> settle(item, Books.move(payer, Books.GUARANTEE, entry.cents()));
            case SETTLED -> {
                if (item.returnsAs().isPresent() && at.isBefore(item.finalAt())) {
                    ledger.replace(
                            item,
                            item.moved(State.RETURNED, at.plus(REMEMBERED)),
                            Books.move(guaranteed ? Books.GUARANTEE : payee, payer, entry.cents()));
                    feed.tell(Event.Kind.RETURNED, entry, item.returnsAs().get().value(), at);
                } else {
                    ledger.replace(item, item.moved(State.FINAL, at.plus(REMEMBERED)), List.of());
                }
            }
            case UNKNOWN, REFUSED, FINAL, RETURNED -> ledger.remove(item);
        }
    }

    private void settle(Item item, List<Line> lines) {
        Item settled = item.moved(State.SETTLED, item.finalAt());
        Optional<ReturnCode> told = item.returnsAs();
        Optional<ReturnCode> why = told.or(() -> reason(item.entry()));
        if (why.isPresent()) {
            LocalDate date = calendar.date(item.settles());
            LocalDate day =
                    why.get().isLate() ? calendar.onOrAfter(date.plusDays(DISPUTED_DAYS)) : calendar.after(date, 2);
            Instant then = told.isPresent() ? item.settles() : calendar.at(day, schedule.opens());
            if (then.isBefore(item.finalAt())) {
                settled = settled.returning(why.get(), then);
            }
        }
        if (ledger.replace(item, settled, lines)) {
            feed.tell(Event.Kind.SETTLED, item.entry(), "", item.settles());
        }
    }

    /** Why the payer's bank will return a debit. */
    private Optional<ReturnCode> reason(Entry entry) {
        Optional<AccountKind> kind = vault.kind(entry.account());
        if (kind.isEmpty()) {
            return Optional.of(ReturnCode.R02);
        }
        if (!entry.sec().serves(kind.get())) {
            return Optional.of(ReturnCode.R05);
        }
        if (ledger.balance(Books.account(entry.account())) < entry.cents()) {
            return Optional.of(ReturnCode.R01);
        }
        return magic ? Optional.ofNullable(MAGIC.get(entry.cents() % 100)) : Optional.empty();
    }

    private Instant deadline(Item item, ReturnCode code) {
        LocalDate date = calendar.date(item.settles());
        return code.isLate() ? item.finalAt() : schedule.earlyDeadline(date, calendar);
    }

    /** Sends the files whose cut-off is reached. */
    private void send(Instant now) {
        while (!open.isEmpty() && !open.firstKey().isAfter(now)) {
            Map.Entry<Instant, List<Entry>> due = open.pollFirstEntry();
            AchFile file = AchFile.of(due.getValue());
            lastFile = Optional.of(file);
            remember(file, due.getKey());
        }
    }

    private void remember(AchFile file, Instant now) {
        sent.values().removeIf(forgotten -> !now.isBefore(forgotten));
        sent.put(file.hash(), now.plus(REMEMBERED));
    }

    private Status status(Item item, Instant now) {
        boolean taken = item.state() != State.REFUSED;
        return new Status(
                item.name(),
                item.state(),
                now,
                Optional.of(item.settles()).filter(time -> taken),
                Optional.of(item.finalAt()).filter(time -> taken),
                item.returnsAs().filter(code -> item.state() == State.RETURNED),
                item.refused());
    }

    private Instant asked() {
        reachable();
        return work();
    }

    private void reachable() {
        if (out) {
            throw new RailUnavailableException("bank: it cannot be asked");
        }
    }

    private static Answer.Refused insufficient() {
        return refused(
                ErrorCode.INSUFFICIENT_FUNDS, "entry.cents: expected at most what is prefunded and free, saw more");
    }

    /** Collects what a bank needs; not safe for threads. */
    public static final class Builder {
        private static final long ENTRY_LIMIT = 9_999_999_999L;
        private static final long SAME_DAY_LIMIT = 100_000_000L;

        private final Clock clock;
        private final SecureRandom random;
        private Schedule schedule = Schedule.FEDERAL_RESERVE;
        private BankLedger ledger = new InMemoryBankLedger();
        private boolean deduplicates = true;
        private boolean magic = true;
        private long sameDayLimit = SAME_DAY_LIMIT;
        private long guaranteedUpTo;
        private String odfi = "02100002";

        private Builder(Clock clock, SecureRandom random) {
            this.clock = requireNonNull(clock, "clock");
            this.random = requireNonNull(random, "random");
        }

        /** Sets windows and cut-offs; those of the Federal Reserve unless set. */
        public Builder schedule(Schedule schedule) {
            this.schedule = requireNonNull(schedule, "schedule");
            return this;
        }

        /** Sets the books; in memory unless set. */
        public Builder ledger(BankLedger ledger) {
            this.ledger = requireNonNull(ledger, "ledger");
            return this;
        }

        /** Sets whether a second entry of one trace or end-to-end id is recognised; it is unless set. */
        public Builder deduplicates(boolean deduplicates) {
            this.deduplicates = deduplicates;
            return this;
        }

        /** Sets whether magic cents come back, such as 01 as R01; they do unless set. */
        public Builder magic(boolean magic) {
            this.magic = magic;
            return this;
        }

        /** Sets the most of one entry that settles on the same day; 100,000,000 cents unless set. */
        public Builder sameDayLimit(long cents) {
            this.sameDayLimit = cents;
            return this;
        }

        /** Sets the most that is guaranteed of one entry; 0 unless set. */
        public Builder guaranteedUpTo(long cents) {
            this.guaranteedUpTo = cents;
            return this;
        }

        /** Sets the eight digits with which its traces begin. */
        public Builder odfi(String odfi) {
            if (!odfi.matches("[0-9]{8}")) {
                throw new IllegalArgumentException("odfi: expected 8 digits, saw another text");
            }
            this.odfi = odfi;
            return this;
        }

        /** Builds the bank. */
        public SimulatedBank build() {
            return new SimulatedBank(this);
        }
    }
}
