package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A limit on what payments sum up to.
 *
 * <p>Such as {@code 0.20 USD per host per hour}. The window rolls: at no time did more than the limit go out within the window before it.
 *
 * @param limit the most that may be counted; its unit says which payments count
 * @param per what has a sum of its own; none for one sum of all
 * @param window how long a payment counts, in whole seconds up to 3,660 days; empty for ever
 */
public record Budget(MoneyTerm limit, Set<Scope> per, Optional<Duration> window) {
    private static final Pattern TIME = Pattern.compile("(?:([1-9][0-9]{0,8}) )?(second|minute|hour|day|week)(s?)");
    private static final Duration LONGEST = Duration.ofDays(3_660);

    /** What may have a sum of its own. */
    public enum Scope {
        /** One piece of work, named by {@link Payer#forTask}. */
        TASK,
        /** One account, on whichever network. */
        PAYEE,
        /** One host name, with all its ports. */
        HOST
    }

    public Budget {
        requireNonNull(limit, "limit");
        requireNonNull(window, "window");
        Set<Scope> ordered = EnumSet.noneOf(Scope.class);
        ordered.addAll(per);
        per = Collections.unmodifiableSet(ordered);
        window.filter(length -> length.getNano() != 0 || length.getSeconds() < 1 || length.compareTo(LONGEST) > 0)
                .ifPresent(length -> {
                    throw new IllegalArgumentException(
                            "window: expected whole seconds from 1 s to 3660 days, saw " + length);
                });
    }

    /**
     * A budget of one sum for ever, to be narrowed by {@link #per} and {@link #within}.
     *
     * @throws IllegalArgumentException when this is no money
     */
    public static Budget of(String money) {
        return new Budget(MoneyTerm.parse(money), Set.of(), Optional.empty());
    }

    /**
     * Parses a budget's text.
     *
     * <p>Such as {@code 2 USD per day}, {@code 5 USD per task}, {@code 1 USD per payee per 30 days} or
     * {@code 50 USD in all}.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Budget parse(String text) {
        if (text.endsWith(" in all")) {
            return of(text.substring(0, text.length() - " in all".length()));
        }
        List<String> parts = List.of(text.split(" per ", -1));
        if (parts.size() < 2) {
            throw new IllegalArgumentException(
                    "budget: expected a limit such as 2 USD per day, 5 USD per task or 50 USD in all, saw "
                            + Shown.quoted(text));
        }
        Budget budget = of(parts.get(0));
        Set<String> seen = new TreeSet<>();
        for (String part : parts.subList(1, parts.size())) {
            Budget next = budget.narrowed(part.toLowerCase(Locale.ROOT));
            if (!seen.add(part.toLowerCase(Locale.ROOT))
                    || (budget.window.isPresent() && next.per.equals(budget.per))) {
                throw new IllegalArgumentException(
                        "budget: expected each scope and one time at most, saw " + Shown.quoted(text));
            }
            budget = next;
        }
        return budget;
    }

    private Budget narrowed(String word) {
        for (Scope scope : Scope.values()) {
            if (word.equals(name(scope))) {
                return per(scope);
            }
        }
        Matcher time = TIME.matcher(word);
        boolean one = time.matches() && time.group(1) == null;
        boolean plural = time.matches() && !time.group(3).isEmpty();
        if (!time.matches()
                || (one && plural)
                || !(one || plural || time.group(1).equals("1"))) {
            throw new IllegalArgumentException(
                    "budget: expected task, payee, host or a time such as hour or 30 days after per, saw "
                            + Shown.quoted(word));
        }
        return within(Duration.ofSeconds((one ? 1 : Long.parseLong(time.group(1))) * seconds(time.group(2))));
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "second" -> 1;
            case "minute" -> 60;
            case "hour" -> 3_600;
            case "day" -> 86_400;
            default -> 604_800;
        };
    }

    /** The same limit for each of these. */
    public Budget per(Scope scope) {
        Set<Scope> both = EnumSet.of(scope);
        both.addAll(per);
        return new Budget(limit, both, window);
    }

    /** The same limit within any time of this length. */
    public Budget within(Duration length) {
        return new Budget(limit, per, Optional.of(length));
    }

    /** All but the amount, such as {@code USD per host per hour}. */
    String counted() {
        StringBuilder text = new StringBuilder(limit.unit());
        per.forEach(scope -> text.append(" per ").append(name(scope)));
        window.ifPresent(length -> text.append(" per ").append(time(length.toSeconds())));
        return per.isEmpty() && window.isEmpty() ? text.append(" in all").toString() : text.toString();
    }

    private static String name(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long seconds) {
        for (String unit : List.of("week", "day", "hour", "minute")) {
            if (seconds % seconds(unit) == 0) {
                return time(seconds / seconds(unit), unit);
            }
        }
        return time(seconds, "second");
    }

    private static String time(long many, String unit) {
        return many == 1 ? unit : many + " " + unit + "s";
    }

    /** Such as {@code 0.2 USD per host per hour}; parses back. */
    @Override
    public String toString() {
        return limit.units().toPlainString() + " " + counted();
    }
}
