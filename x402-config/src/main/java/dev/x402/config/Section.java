package dev.x402.config;

import dev.x402.core.Nearest;
import dev.x402.spec.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keys and values of which every key must be asked for; the last thing to do with one is {@link #finish}.
 *
 * <p>What is absent or wrong is empty, and what is wrong is told to the reading; so all problems are found at once.
 */
final class Section {
    private final String path;
    private final Place at;
    private final Map<String, Tree.Entry> entries = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Reading reading;

    Section(String path, Tree.Mapping mapping, Reading reading) {
        this.path = path;
        this.at = mapping.at();
        this.reading = reading;
        mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
    }

    /** A tree that must be keys and values. */
    static Optional<Section> of(String path, Tree tree, Reading reading) {
        if (tree instanceof Tree.Mapping mapping) {
            return Optional.of(new Section(path, mapping, reading));
        }
        reading.problem(tree.at(), (path.isEmpty() ? "file" : path) + ": expected keys and values, saw " + tree.kind());
        return Optional.empty();
    }

    Place at() {
        return at;
    }

    /** The path of a key. */
    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        asked.add(key);
        return entries.containsKey(key);
    }

    Optional<Section> section(String key) {
        return tree(key).flatMap(tree -> of(path(key), tree, reading));
    }

    /** The elements of a list, each with its path. */
    List<Item> items(String key) {
        Tree tree = tree(key).orElse(null);
        if (tree == null) {
            return List.of();
        }
        if (!(tree instanceof Tree.Items items)) {
            reading.problem(tree.at(), path(key) + ": expected a list, saw " + tree.kind());
            return List.of();
        }
        List<Item> elements = new ArrayList<>();
        for (Tree item : items.items()) {
            elements.add(new Item(path(key) + "[" + elements.size() + "]", item, reading));
        }
        return elements;
    }

    /** The value as it is written; the environment is not asked. */
    Optional<String> text(String key) {
        return item(key).flatMap(Item::text);
    }

    /** The value that this function reads; what it refuses is told with its message. */
    <T> Optional<T> parsed(String key, Function<String, T> function) {
        return item(key).flatMap(item -> item.parsed(function));
    }

    /** The value with what the environment says; it is public, as soon as it is used. */
    Optional<String> replaced(String key) {
        return item(key).flatMap(Item::replaced);
    }

    /** A value that only the environment may hold. */
    Optional<Secret> secret(String key) {
        return item(key).flatMap(Item::secret);
    }

    /** An address, which may come from the environment. */
    Optional<URI> address(String key) {
        Item item = item(key).orElse(null);
        String text = item == null ? null : item.replaced().orElse(null);
        if (item == null || text == null) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            if (address.isAbsolute() && address.getHost() != null && address.getRawUserInfo() == null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // told below, without the address
        }
        item.problem("expected an address such as https://facilitator.example, without user and password");
        return Optional.empty();
    }

    Optional<Boolean> truth(String key) {
        return this.<Boolean>parsed(key, text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("expected true or false, saw " + Shown.of(text));
            }
            return text.equals("true");
        });
    }

    /** A number of up to nine digits that is not below another. */
    Optional<Integer> number(String key, int least) {
        return this.<Integer>parsed(key, text -> {
            int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
            if (number < least) {
                throw new IllegalArgumentException("expected a number of " + least + " or more, saw " + Shown.of(text));
            }
            return number;
        });
    }

    Optional<Duration> duration(String key) {
        return parsed(key, Durations::parse);
    }

    /** A length of more than 0. */
    Optional<Duration> positive(String key) {
        return this.<Duration>parsed(key, text -> {
            Duration length = Durations.parse(text);
            if (length.isZero()) {
                throw new IllegalArgumentException("expected more than 0, saw " + Shown.of(text));
            }
            return length;
        });
    }

    /** All keys and values as JSON, whatever they are called. */
    Json.Obj json() {
        Json.Obj obj = Json.Obj.EMPTY;
        for (Tree.Entry entry : entries.values().stream()
                .sorted(Comparator.comparingInt((Tree.Entry entry) -> entry.at().line())
                        .thenComparingInt(entry -> entry.at().column()))
                .toList()) {
            asked.add(entry.key());
            obj = obj.with(entry.key(), JsonValues.of(path(entry.key()), entry.value(), reading));
        }
        return obj;
    }

    /** Tells what is wrong with the value of a key. */
    void problem(String key, String message) {
        Tree.Entry entry = entries.get(key);
        reading.problem(entry == null ? at : entry.value().at(), path(key) + ": " + message);
    }

    /** Tells that a key is missing. */
    void missing(String key, String expected) {
        if (!has(key)) {
            reading.problem(at, path(key) + ": expected " + expected + ", saw none");
        }
    }

    /** Tells every key that nobody asked for. */
    void finish() {
        entries.values().stream()
                .filter(entry -> !asked.contains(entry.key()))
                .forEach(entry -> reading.problem(
                        entry.at(),
                        (path.isEmpty() ? "" : path + ": ") + "unknown key " + Shown.of(entry.key())
                                + Nearest.of(entry.key(), asked)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElseGet(() -> "; expected one of "
                                                + asked.stream().sorted().toList())));
    }

    private Optional<Tree> tree(String key) {
        asked.add(key);
        Tree.Entry entry = entries.get(key);
        return Optional.ofNullable(entry == null ? null : entry.value());
    }

    private Optional<Item> item(String key) {
        return tree(key).map(tree -> new Item(path(key), tree, reading));
    }

    /** One value and its path. */
    record Item(String path, Tree tree, Reading reading) {
        Place at() {
            return tree.at();
        }

        Optional<Section> section() {
            return Section.of(path, tree, reading);
        }

        Optional<String> text() {
            return scalar().flatMap(text -> {
                if (Environment.isAsked(text.value())) {
                    problem("expected the value itself, saw a reference to the environment; write it here");
                    return Optional.empty();
                }
                return Optional.of(text.value());
            });
        }

        <T> Optional<T> parsed(Function<String, T> function) {
            return text().flatMap(text -> {
                try {
                    return Optional.of(function.apply(text));
                } catch (IllegalArgumentException e) {
                    String message = String.valueOf(e.getMessage());
                    String key = path.substring(path.lastIndexOf('.') + 1) + ": ";
                    problem(message.startsWith(key) ? message.substring(key.length()) : message);
                    return Optional.empty();
                }
            });
        }

        Optional<String> replaced() {
            return scalar().flatMap(text -> reading.environment().replaced(path, text, reading));
        }

        Optional<Secret> secret() {
            return scalar().flatMap(text -> {
                if (!Environment.isReference(text.value())) {
                    problem("expected a reference such as ${NAME}, so that no secret stands in the file");
                    return Optional.empty();
                }
                return reading.environment().replaced(path, text, reading).map(Secret::of);
            });
        }

        void problem(String message) {
            reading.problem(tree.at(), path + ": " + message);
        }

        private Optional<Tree.Text> scalar() {
            if (tree instanceof Tree.Text text && !text.isNothing()) {
                return Optional.of(text);
            }
            problem("expected a text, saw " + tree.kind());
            return Optional.empty();
        }
    }
}
