package dev.x402.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of one document; every limit is checked before what it limits is built. */
final class JsonReading {
    static final int MAX_DEPTH = 16;
    private static final int FEW = 4;
    private static final int MAX_VALUES = 2048;
    private static final int MAX_MEMBERS = 64;
    private static final int MAX_STRING = 4096;
    private static final int MAX_NUMBER = 80;
    private static final Json.Arr EMPTY_ARRAY = Json.array();

    private final JsonParser parser;
    private final int maxElements;
    private final JsonPath path = new JsonPath();
    private int values;

    JsonReading(JsonParser parser, int maxElements) {
        this.parser = parser;
        this.maxElements = maxElements;
    }

    /** The only value of the document. */
    Json document() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw malformed("a JSON value", "nothing");
            }
            Json json = value(first, 0);
            if (parser.nextToken() != null) {
                throw malformed("one JSON value", "more after it");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw malformed(
                    "JSON", "what is none at character " + e.getLocation().getCharOffset());
        }
    }

    private Json value(@Nullable JsonToken token, int depth) throws IOException {
        if (++values > MAX_VALUES) {
            throw malformed("at most " + MAX_VALUES + " values in all", "more");
        }
        if (token == null) {
            throw malformed("a value", "the end");
        }
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> new Json.Str(text("a string"));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> Json.Null.NULL;
            default -> throw malformed("a value", "none");
        };
    }

    private Json.Obj object(int depth) throws IOException {
        checkDepth(depth);
        @Nullable LinkedHashMap<String, Json> members = null;
        for (JsonToken next = parser.nextToken(); next == JsonToken.FIELD_NAME; next = parser.nextToken()) {
            if (members == null) {
                members = new LinkedHashMap<>(FEW);
            } else if (members.size() == MAX_MEMBERS) {
                throw malformed("at most " + MAX_MEMBERS + " members", "more");
            }
            String name = text("a name");
            path.enter(name);
            if (members.containsKey(name)) {
                throw malformed("one member of this name", "two");
            }
            members.put(name, value(parser.nextToken(), depth));
            path.leave();
        }
        return members == null ? Json.Obj.EMPTY : new Json.Obj(Members.owning(members));
    }

    private Json.Arr array(int depth) throws IOException {
        checkDepth(depth);
        @Nullable List<Json> elements = null;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (elements == null) {
                elements = new ArrayList<>(FEW);
            } else if (elements.size() == maxElements) {
                throw malformed("at most " + maxElements + " elements", "more");
            }
            path.enter(elements.size());
            elements.add(value(next, depth));
            path.leave();
        }
        return elements == null ? EMPTY_ARRAY : new Json.Arr(elements);
    }

    private Json.Num number(JsonToken token) throws IOException {
        if (parser.getTextLength() > MAX_NUMBER) {
            throw malformed(
                    "a number of at most " + MAX_NUMBER + " characters", parser.getTextLength() + " characters");
        }
        BigDecimal value;
        try {
            value = new BigDecimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (NumberFormatException e) {
            throw hugeExponent();
        }
        if (Math.abs((long) value.scale()) > MAX_NUMBER) {
            throw hugeExponent();
        }
        // A fraction or an exponent is no whole number to the protocol, whatever its value: 2e0 is kept as 2.0.
        return new Json.Num(token == JsonToken.VALUE_NUMBER_FLOAT && value.scale() == 0 ? value.setScale(1) : value);
    }

    private MalformedMessageException hugeExponent() {
        return malformed("a number of at most " + MAX_NUMBER + " digits when written out", "a larger exponent");
    }

    /** The text of the name or string here. */
    private String text(String what) throws IOException {
        int length = parser.getTextLength();
        if (length > MAX_STRING) {
            throw malformed(what + " of at most " + MAX_STRING + " characters", length + " characters");
        }
        String text = parser.getText();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == length
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw malformed(what + " of Unicode characters", "half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    private void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw malformed("at most " + MAX_DEPTH + " levels", "more");
        }
    }

    private MalformedMessageException malformed(String expected, String seen) {
        return new MalformedMessageException(path.toString(), expected, seen);
    }
}
