package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.BudgetLedger;
import dev.x402.spi.BudgetLedger.Line;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Several budgets, all of which must have room for a payment.
 *
 * <p>A payment counts under each budget whose unit its asset has, and is refused when there is none: amounts of
 * different currencies are never added, and no currency is converted. What was signed counts, whatever the server says
 * of it, until {@link PaymentIntent#proven}: a payment without a receipt may have moved. Immutable, safe for threads;
 * the sums are in the ledger.
 */
public final class Budgets implements SpendPolicy {
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final int LONGEST_TASK = 256;

    private final Plugins plugins;
    private final BudgetLedger ledger;
    private final List<Measured> budgets;
    private final String task;

    private Budgets(Plugins plugins, BudgetLedger ledger, List<Measured> budgets, String task) {
        this.plugins = plugins;
        this.ledger = ledger;
        this.budgets = budgets;
        this.task = task;
    }

    /**
     * Budgets as text, such as {@code 2 USD per day}.
     *
     * @throws IllegalArgumentException listing every problem
     */
    public static Budgets of(Plugins plugins, BudgetLedger ledger, String... budgets) {
        List<Budget> read = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String text : budgets) {
            try {
                read.add(Budget.parse(text));
            } catch (IllegalArgumentException e) {
                problems.add(requireNonNull(e.getMessage()));
            }
        }
        return of(plugins, ledger, read, problems);
    }

    /**
     * These budgets.
     *
     * @throws IllegalArgumentException listing every problem: a unit that no asset has, two limits on one sum, none
     */
    public static Budgets of(Plugins plugins, BudgetLedger ledger, List<Budget> budgets) {
        return of(plugins, ledger, budgets, new ArrayList<>());
    }

    private static Budgets of(Plugins plugins, BudgetLedger ledger, List<Budget> budgets, List<String> problems) {
        requireNonNull(ledger, "ledger");
        Units units = Units.of(requireNonNull(plugins, "plugins"));
        List<Measured> measured = new ArrayList<>();
        for (Budget budget : budgets) {
            Optional<Units.Measure> measure = units.measure(budget.limit());
            if (measure.isEmpty()) {
                problems.add("budget " + budget + ": expected a unit of a known asset such as "
                        + String.join(", ", units.known()) + ", saw "
                        + Shown.of(budget.limit().unit()));
                continue;
            }
            measured.stream()
                    .filter(other -> other.counted.equals(budget.counted()))
                    .forEach(other -> problems.add(
                            "budgets " + other.budget + " and " + budget + " limit the same sum; keep one"));
            measured.add(new Measured(budget, budget.counted(), measure.get()));
        }
        if (!problems.isEmpty() || measured.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.isEmpty() ? "budgets: expected one or more, saw none" : String.join("\n", problems));
        }
        return new Budgets(plugins, ledger, List.copyOf(measured), "");
    }

    private record Measured(Budget budget, String counted, Units.Measure measure) {}

    /** The budgets, as given. */
    public List<Budget> budgets() {
        return budgets.stream().map(Measured::budget).toList();
    }

    /**
     * The same budgets over the same sums, for what is bought for this task.
     *
     * @param name 1 to 256 characters without control characters
     */
    @Override
    public Budgets forTask(String name) {
        if (name.isBlank() || name.length() > LONGEST_TASK || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "task: expected 1 to 256 characters without control characters, saw " + Shown.quoted(name));
        }
        return new Budgets(plugins, ledger, budgets, name);
    }

    /** Forgets the sums of a task that is over; a task of the same name begins anew. */
    public void end(String name) {
        ledger.forget(requireNonNull(name, "name"));
    }

    @Override
    public Answer reserve(String url, Candidate candidate) {
        List<Line> lines = new ArrayList<>(budgets.size());
        List<Units.Measure> measures = new ArrayList<>(budgets.size());
        AtomicAmount amount = candidate.offer().amount();
        for (Measured measured : budgets) {
            if (!measured.measure.covers(candidate)) {
                continue;
            }
            Budget budget = measured.budget;
            boolean perTask = budget.per().contains(Budget.Scope.TASK);
            boolean perHost = budget.per().contains(Budget.Scope.HOST);
            Optional<String> host = perHost ? host(url) : Optional.of("");
            if (perTask && task.isEmpty()) {
                return new Answer.Denied(budget + ": the payment belongs to no task; name it by forTask");
            }
            if (host.isEmpty()) {
                return new Answer.Denied(budget + ": the address names no host");
            }
            BudgetLedger.Account account = new BudgetLedger.Account(
                    measured.counted,
                    perTask ? task : "",
                    budget.per().contains(Budget.Scope.PAYEE) ? payee(candidate) : "",
                    host.get());
            BigDecimal units = measured.measure.of(candidate, amount);
            lines.add(new Line(account, units, budget.limit().units(), budget.window()));
            measures.add(measured.measure);
        }
        if (lines.isEmpty()) {
            return new Answer.Denied("no budget is in a unit of this asset: "
                    + candidate.asset().map(Units::named).orElse("nobody knows it"));
        }
        BudgetLedger.Answer answer = ledger.reserve(lines, LEASE);
        if (answer instanceof BudgetLedger.Answer.Held held) {
            return new Answer.Granted(new Held(held.reservation(), candidate, measures));
        }
        return new Answer.Denied(
                answer instanceof BudgetLedger.Answer.Exceeded exceeded
                        ? told(exceeded)
                        : "the ledger of budgets is full");
    }

    private String told(BudgetLedger.Answer.Exceeded exceeded) {
        Line line = exceeded.line();
        return budgets.stream()
                .filter(measured -> measured.counted.equals(line.account().budget()))
                .findFirst()
                .map(measured -> measured.budget + ": " + Cost.plain(exceeded.counted()) + " is taken, "
                        + Cost.plain(line.amount()) + " is asked")
                .orElse("a budget has no room");
    }

    private String payee(Candidate candidate) {
        String payTo = candidate.offer().payTo();
        return plugins.canonicalAccount(candidate.offer().network(), payTo).orElse(payTo);
    }

    /** The one spelling of a host: small letters, no dot at the end, an address of IPv6 in full. */
    private static Optional<String> host(String url) {
        try {
            String host = new URI(url).getHost();
            if (host == null) {
                return Optional.empty();
            }
            if (host.startsWith("[")) {
                return Optional.of(InetAddress.getByName(host).getHostAddress());
            }
            String name = host.toLowerCase(Locale.ROOT);
            return Optional.of(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        } catch (URISyntaxException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    private final class Held implements Hold {
        private final long reservation;
        private final Candidate candidate;
        private final List<Units.Measure> measures;

        Held(long reservation, Candidate candidate, List<Units.Measure> measures) {
            this.reservation = reservation;
            this.candidate = candidate;
            this.measures = measures;
        }

        @Override
        public AtomicAmount ceiling() {
            return candidate.offer().amount();
        }

        @Override
        public void release() {
            ledger.release(reservation);
        }

        @Override
        public void commit(Instant liveUntil) {
            if (!ledger.commit(reservation, liveUntil)) {
                throw new IllegalStateException("budgets: expected a signature within " + LEASE
                        + " of the reservation, saw it later; nothing was handed out");
            }
        }

        @Override
        public void receipt(SettleResponse receipt) {}

        @Override
        public void proven(AtomicAmount moved) {
            ledger.correct(
                    reservation,
                    measures.stream()
                            .map(measure -> measure.of(candidate, moved))
                            .toList());
        }
    }
}
