package dev.x402.spec;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
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

    /** An array. */
    static Arr array(Json... elements) {
        return new Arr(Arrays.asList(elements));
    }

    /** A cursor on this value, whose path begins here. */
    default JsonCursor cursor() {
        return new JsonCursor("", this);
    }
}
