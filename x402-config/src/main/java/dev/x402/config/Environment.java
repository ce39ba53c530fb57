package dev.x402.config;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces <code>${NAME}</code> by what the environment says, once; what was put in is not looked at again. */
final class Environment {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]{0,128}\\}?)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final int MAX_VALUE = 64 * 1024;

    private final Map<String, String> values;

    Environment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    static boolean isAsked(String text) {
        return text.contains("${");
    }

    /** Whether the text is one reference and nothing else. */
    static boolean isReference(String text) {
        return text.startsWith("${")
                && text.endsWith("}")
                && NAME.matcher(text.substring(2, text.length() - 1)).matches();
    }

    /** The text with its references replaced; empty when a problem was told. */
    Optional<String> replaced(String path, Tree.Text text, Reading reading) {
        StringBuilder whole = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text.value());
        int seen = 0;
        boolean complete = true;
        while (matcher.find()) {
            whole.append(text.value(), seen, matcher.start());
            seen = matcher.end();
            String name = matcher.group(1);
            Optional<String> value = value(path, name, text.at(), reading);
            complete &= value.isPresent();
            value.ifPresent(whole::append);
        }
        whole.append(text.value(), seen, text.value().length());
        return complete ? Optional.of(whole.toString()) : Optional.empty();
    }

    private Optional<String> value(String path, String reference, Place at, Reading reading) {
        String name = reference.endsWith("}") ? reference.substring(0, reference.length() - 1) : "";
        if (!NAME.matcher(name).matches()) {
            reading.problem(at, path + ": expected a reference such as ${NAME}, saw one without a name or an end");
            return Optional.empty();
        }
        String value = values.get(name);
        if (value == null || value.isBlank() || value.length() > MAX_VALUE) {
            reading.problem(
                    at,
                    path + ": expected ${" + name + "} in the environment, saw "
                            + (value == null
                                    ? "none; set it"
                                    : value.isBlank()
                                            ? "an empty one; set it"
                                            : "a longer one than " + MAX_VALUE + " characters"));
            return Optional.empty();
        }
        return Optional.of(value);
    }

    /** Nothing of the values. */
    @Override
    public String toString() {
        return "environment of " + values.size();
    }
}
