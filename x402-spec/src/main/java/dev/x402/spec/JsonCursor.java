package dev.x402.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Typed reading of a {@link Json} value that knows where it stands.
 *
 * <p>Every method that finds something else than it was asked for throws {@link MalformedMessageException} with the
 * JSON pointer. Messages never quote what stands under a {@code payload} or in an extension: it may be signed.
 */
public final class JsonCursor {
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final String pointer;
    private final Json value;

    JsonCursor(String pointer, Json value) {
        this.pointer = pointer;
        this.value = value;
    }

    /** A cursor on a value that stands at this JSON pointer of a larger message. */
    public static JsonCursor at(String pointer, Json value) {
        return new JsonCursor(pointer, value);
    }

    /** The JSON pointer (RFC 6901) of this place. */
    public String pointer() {
        return pointer;
    }

    /** The value at this place. */
    public Json value() {
        return value;
    }

    /** The member that must be there, and not be {@code null}. */
    public JsonCursor member(String name) {
        Json member = object().members().get(name);
        if (member == null) {
            throw new MalformedMessageException(step(name, Json.Null.NULL).pointer, "a value", "nothing");
        }
        JsonCursor there = step(name, member);
        if (member == Json.Null.NULL) {
            throw there.malformed("a value");
        }
        return there;
    }

    /** The member, empty when it is absent or {@code null}. */
    public Optional<JsonCursor> optional(String name) {
        Json member = object().members().get(name);
        return member == null || member == Json.Null.NULL ? Optional.empty() : Optional.of(step(name, member));
    }

    /** The object here. */
    public Json.Obj object() {
        if (value instanceof Json.Obj obj) {
            return obj;
        }
        throw malformed("an object");
    }

    /** The members of the object here but for these; one of these that is {@code null} stays. */
    public Json.Obj others(String... known) {
        List<String> names = Arrays.asList(known);
        Json.Builder others = Json.object();
        object().members().forEach((name, member) -> {
            if (member == Json.Null.NULL || !names.contains(name)) {
                others.put(name, member);
            }
        });
        return others.build();
    }

    /** The elements of the array here. */
    public List<JsonCursor> elements() {
        if (!(value instanceof Json.Arr arr)) {
            throw malformed("an array");
        }
        List<JsonCursor> cursors = new ArrayList<>(arr.elements().size());
        for (int i = 0; i < arr.elements().size(); i++) {
            cursors.add(step(Integer.toString(i), arr.elements().get(i)));
        }
        return cursors;
    }

    /** The string here, which may be empty. */
    public String text() {
        if (value instanceof Json.Str str) {
            return str.value();
        }
        throw malformed("a string");
    }

    /** The string here, which is not empty. */
    public String nonEmptyText() {
        String text = text();
        if (text.isEmpty()) {
            throw malformed("a string that is not empty");
        }
        return text;
    }

    /** The strings of the array here. */
    public List<String> texts() {
        return elements().stream().map(JsonCursor::text).toList();
    }

    /** The identifier here: printable ASCII, not empty; never compared by anything but its characters. */
    public String id() {
        return string().filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f))
                .orElseThrow(() -> malformed("an identifier of printable ASCII characters"));
    }

    /** The boolean here. */
    public boolean bool() {
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        throw malformed("true or false");
    }

    /** The whole number here, from {@code least} to 2<sup>31</sup>−1, written without fraction or exponent. */
    public int integer(int least) {
        if (value instanceof Json.Num num
                && num.value().scale() == 0
                && num.value().compareTo(BigDecimal.valueOf(least)) >= 0
                && num.value().compareTo(MAX_INT) <= 0) {
            return num.value().intValueExact();
        }
        throw malformed("a whole number of " + least + " or more");
    }

    /** Passes when the whole number here is just this one, written without fraction or exponent. */
    public void exactly(int number) {
        if (!(value instanceof Json.Num num) || num.value().scale() != 0 || !num.equals(Json.of(number))) {
            throw malformed(Integer.toString(number));
        }
    }

    /** The CAIP-2 network here. */
    public Network network() {
        return string().flatMap(Network::find).orElseThrow(() -> malformed("a CAIP-2 network such as eip155:8453"));
    }

    /** The amount here, a string of canonical digits. */
    public AtomicAmount amount() {
        return string().flatMap(AtomicAmount::find)
                .orElseThrow(() -> malformed("a string of decimal digits such as \"10000\""));
    }

    /** The exception that says what was expected here and what was seen. */
    public MalformedMessageException malformed(String expected) {
        return new MalformedMessageException(pointer, expected, seen());
    }

    private Optional<String> string() {
        return value instanceof Json.Str str ? Optional.of(str.value()) : Optional.empty();
    }

    private String seen() {
        boolean hidden = pointer.contains("/payload") || pointer.contains("/extensions/");
        if (value instanceof Json.Str str) {
            return hidden ? "a string of " + str.value().length() + " characters" : Seen.of(str.value());
        }
        if (value instanceof Json.Num num) {
            return hidden || num.value().precision() > 20 ? "a number" : num.toString();
        }
        return value instanceof Json.Obj || value instanceof Json.Arr ? "an " + value : value.toString();
    }

    private JsonCursor step(String name, Json member) {
        return new JsonCursor(pointer + "/" + JsonPath.escape(name), member);
    }
}
