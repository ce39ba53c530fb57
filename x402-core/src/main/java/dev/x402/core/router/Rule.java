package dev.x402.core.router;

import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One rule of a policy.
 *
 * @param where the network, family or asset that it is for; empty for all
 * @param condition whether it is for what is asked
 * @param preference who comes first
 */
record Rule(String where, Predicate<Ask> condition, Preference preference) {
    private static final int LONGEST = 256;
    private static final String EXPECTED = ": expected order a, b or cheapest or fastest or healthiest,"
            + " perhaps after on <network, family:* or network/asset>:, saw ";

    static Rule always(Preference preference) {
        return new Rule("", ask -> true, preference);
    }

    /** This rule where it holds already and the narrower condition holds as well. */
    Rule on(String narrower, Predicate<Ask> also) {
        return new Rule(where.isEmpty() ? narrower : where + ": on " + narrower, condition.and(also), preference);
    }

    boolean isFor(Ask ask) {
        return condition.test(ask);
    }

    List<String> names() {
        return preference instanceof Preference.Order order ? order.names() : List.of();
    }

    static Rule parse(String text, String what) {
        String rest = text.strip();
        if (rest.length() > LONGEST) {
            throw malformed(what, text);
        }
        if (!rest.startsWith("on ")) {
            return always(preference(rest, text, what));
        }
        int end = rest.indexOf(": ");
        if (end < 0) {
            throw malformed(what, text);
        }
        String place = rest.substring("on ".length(), end).strip();
        Rule inner = parse(rest.substring(end + 1), what);
        int slash = place.indexOf('/');
        if (slash < 0) {
            NetworkPattern pattern = NetworkPattern.find(place).orElseThrow(() -> malformed(what, text));
            return inner.on(
                    pattern.toString(), ask -> pattern.matches(ask.kind().network()));
        }
        Network network = Network.find(place.substring(0, slash)).orElseThrow(() -> malformed(what, text));
        if (slash + 1 == place.length()) {
            throw malformed(what, text);
        }
        AssetId asset = new AssetId(network, place.substring(slash + 1));
        return inner.on(asset.toString(), ask -> ask.isFor(asset));
    }

    private static Preference preference(String words, String text, String what) {
        if (words.startsWith("order ")) {
            List<String> names = Arrays.stream(
                            words.substring("order ".length()).split(",", -1))
                    .map(String::strip)
                    .toList();
            if (names.contains("")) {
                throw malformed(what, text);
            }
            return new Preference.Order(names);
        }
        return switch (words) {
            case "cheapest" -> new Preference.Cheapest();
            case "fastest" -> new Preference.Fastest();
            case "healthiest" -> new Preference.Healthiest();
            default -> throw malformed(what, text);
        };
    }

    private static IllegalArgumentException malformed(String what, String text) {
        return new IllegalArgumentException(what + EXPECTED + Shown.quoted(text, LONGEST));
    }

    @Override
    public String toString() {
        return where.isEmpty() ? preference.toString() : "on " + where + ": " + preference;
    }

    /** Who comes first. */
    sealed interface Preference {
        Comparator<Facts> comparator();

        record Order(List<String> names) implements Preference {
            @Override
            public Comparator<Facts> comparator() {
                return Comparator.comparing(facts -> {
                    int index = names.indexOf(facts.name());
                    return index < 0 ? names.size() : index;
                });
            }

            @Override
            public String toString() {
                return "order " + String.join(", ", names);
            }
        }

        record Cheapest() implements Preference {
            @Override
            public Comparator<Facts> comparator() {
                return Comparator.comparing(Facts::fee, last(Comparator.<BigDecimal>naturalOrder()));
            }

            @Override
            public String toString() {
                return "cheapest";
            }
        }

        record Fastest() implements Preference {
            @Override
            public Comparator<Facts> comparator() {
                return Comparator.comparing(Facts::latency, last(Comparator.<Duration>naturalOrder()));
            }

            @Override
            public String toString() {
                return "fastest";
            }
        }

        record Healthiest() implements Preference {
            @Override
            public Comparator<Facts> comparator() {
                return Comparator.comparing(Facts::tenths).reversed();
            }

            @Override
            public String toString() {
                return "healthiest";
            }
        }

        /** What is not known comes last. */
        private static <T> Comparator<Optional<T>> last(Comparator<T> known) {
            return (one, other) -> one.isPresent() && other.isPresent()
                    ? known.compare(one.get(), other.get())
                    : Boolean.compare(other.isPresent(), one.isPresent());
        }
    }
}
