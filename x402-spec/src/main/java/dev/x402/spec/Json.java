package dev.x402.spec;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value, for the open members of messages.
 *
 * <p>Equal when the meaning is equal: numbers by value, objects without regard to the order of members. Read typed
 * values by {@link #cursor()}, which names the place of what is wrong.
 */
public sealed interface Json {
    /**
     * An object; members keep the order in which they came.
     *
     * @param members by name
     */
    record Obj(Map<String, Json> members) implements Json {
        /** The object without members. */
        public static final Obj EMPTY = new Obj(Map.of());

        public Obj {
            members = Members.copyOf(members);
        }

        /** The member of this name, if there is one; JSON {@code null} is one. */
        public Optional<Json> find(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** The text of this member; empty when it is absent or not a string. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof Str str ? Optional.of(str.value()) : Optional.empty();
        }

        /** This object with one member added or replaced. */
        public Obj with(String name, Json value) {
            Map<String, Json> changed = new LinkedHashMap<>(members);
            changed.put(name, value);
            return new Obj(changed);
        }

        /** This object with a text added or replaced. */
        public Obj with(String name, String value) {
            return with(name, new Str(value));
        }

        /** This object without the member. */
        public Obj without(String name) {
            Map<String, Json> changed = new LinkedHashMap<>(members);
            changed.remove(name);
            return new Obj(changed);
        }

        /** Whether there is no member. */
        public boolean isEmpty() {
            return members.isEmpty();
        }

        /** The number of members, not their content: it may be signed. */
        @Override
        public String toString() {
            return "object of " + members.size();
        }
    }

    /**
     * An array.
     *
     * @param elements in order
     */
    record Arr(List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }

        /** The number of elements, not their content. */
        @Override
        public String toString() {
            return "array of " + elements.size();
        }
    }

    /**
     * A string.
     *
     * @param value the text
     */
    record Str(String value) implements Json {
        /** The length, not the content. */
        @Override
        public String toString() {
            return "string of " + value.length();
        }
    }

    /**
     * A number, equal to every spelling of the same value.
     *
     * @param value the number; never expand one that came from outside by {@code toPlainString} or {@code toBigInteger}
     */
    record Num(BigDecimal value) implements Json {
        /** The number. */
        public static Num of(long value) {
            return new Num(BigDecimal.valueOf(value));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Num num && value.compareTo(num.value) == 0;
        }

        @Override
        public int hashCode() {
            return value.signum() == 0 ? 0 : value.stripTrailingZeros().hashCode();
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /**
     * True or false.
     *
     * @param value which
     */
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** The value {@code null}. */
    enum Null implements Json {
        /** The one null. */
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    /** A string. */
    static Str of(String value) {
        return new Str(value);
    }

    /** A number. */
    static Num of(long value) {
        return Num.of(value);
    }

    /** True or false. */
    static Bool of(boolean value) {
        return new Bool(value);
    }

    /** Collects the members of an object, in order. */
    static Builder object() {
        return new Builder();
    }

    /** An array. */
    static Arr array(Json... elements) {
        return new Arr(Arrays.asList(elements));
    }

    /** An array of strings. */
    static Arr texts(List<String> elements) {
        return new Arr(elements.stream().<Json>map(Json::of).toList());
    }

    /** A cursor on this value, whose path begins here. */
    default JsonCursor cursor() {
        return new JsonCursor("", this);
    }

    /** Collects the members of an object, in order; not safe for threads. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        /** Adds or replaces a member; null leaves it out. */
        public Builder put(String name, @Nullable Json value) {
            if (value != null) {
                members.put(name, value);
            }
            return this;
        }

        /** Adds or replaces a text; null leaves it out. */
        public Builder put(String name, @Nullable String value) {
            return put(name, value == null ? null : new Str(value));
        }

        /** Adds or replaces a whole number. */
        public Builder put(String name, long value) {
            return put(name, Num.of(value));
        }

        /** Adds or replaces a boolean. */
        public Builder put(String name, boolean value) {
            return put(name, new Bool(value));
        }

        /** Adds those members of an object that are not here yet. */
        public Builder putAbsent(Obj others) {
            others.members().forEach(members::putIfAbsent);
            return this;
        }

        /** The object of what was collected. */
        public Obj build() {
            return members.isEmpty() ? Obj.EMPTY : new Obj(members);
        }
    }
}
