package dev.x402.bazaar.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query; what has no name that is asked for is not looked at. */
final class Parameters {
    private static final int LONGEST = 4096;
    private static final int MOST = 32;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Parameters() {}

    /**
     * Reads a query as it came.
     *
     * @throws ParameterException when it is too long or no UTF-8 in percent signs
     */
    static Parameters of(String query) {
        if (query.length() > LONGEST) {
            throw new ParameterException(
                    "query string", "at most " + LONGEST + " characters", query.length() + " characters");
        }
        Parameters read = new Parameters();
        String[] pairs = query.isEmpty() ? new String[0] : query.split("&", -1);
        if (pairs.length > MOST) {
            throw new ParameterException("query string", "at most " + MOST + " parameters", pairs.length + "");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            read.values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        return read;
    }

    /** The value of a parameter that may come once; empty when it is absent or says nothing. */
    Optional<String> one(String name, int longest) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new ParameterException(name, "one value", Integer.toString(all.size()));
        }
        return all.stream()
                .filter(value -> !value.isBlank())
                .map(value -> bounded(name, value.strip(), longest))
                .findFirst();
    }

    /** The values of a parameter, which stand in one with commas or come several times. */
    List<String> many(String name, int most, int longest) {
        List<String> all = values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .map(value -> bounded(name, value, longest))
                .toList();
        if (all.size() > most) {
            throw new ParameterException(name, "at most " + most + " values", Integer.toString(all.size()));
        }
        return all;
    }

    /** The whole number of a parameter. */
    int number(String name, int least, int most, int absent) {
        Optional<String> text = one(name, LONGEST);
        if (text.isEmpty()) {
            return absent;
        }
        String digits = text.get();
        boolean whole = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = whole ? Integer.parseInt(digits) : -1;
        if (number < least || number > most) {
            throw new ParameterException(name, least + " to " + most, ParameterException.quoted(digits));
        }
        return number;
    }

    private static String bounded(String name, String value, int longest) {
        if (value.length() > longest) {
            throw new ParameterException(name, "at most " + longest + " characters", value.length() + " characters");
        }
        return value;
    }

    private static String decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '%') {
                if (at + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(at + 1))
                        || !HexFormat.isHexDigit(text.charAt(at + 2))) {
                    throw malformed();
                }
                bytes.put((byte) HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 2;
            } else if (c > ' ' && c < 0x7f) {
                bytes.put((byte) (c == '+' ? ' ' : c));
            } else {
                throw malformed();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static ParameterException malformed() {
        return new ParameterException("query string", "UTF-8 in percent signs", "something else");
    }
}
