package dev.x402.bazaar;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Templates of paths such as {@code /users/:id} (extension bazaar, "routeTemplate Validation Rules"). */
final class RouteTemplate {
    private static final int LONGEST = 512;
    private static final int DECODINGS = 3;
    private static final Pattern FORM = Pattern.compile("/[a-zA-Z0-9_/:.\\-~%]+");
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z0-9_.~-]+)}");

    private RouteTemplate() {}

    /** Whether it may stand in a key of the catalogue, however its signs are encoded. */
    static boolean isValid(String template) {
        return template.length() <= LONGEST
                && FORM.matcher(template).matches()
                && decoded(template).filter(RouteTemplate::isHarmless).isPresent();
    }

    /** What remains when nothing is encoded any more; empty when it is encoded more often than three times, or not well. */
    static Optional<String> decoded(String text) {
        String seen = text;
        for (int i = 0; i < DECODINGS && seen.indexOf('%') >= 0; i++) {
            try {
                seen = URLDecoder.decode(seen.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return seen.indexOf('%') < 0 ? Optional.of(seen) : Optional.empty();
    }

    private static boolean isHarmless(String decoded) {
        return !decoded.contains("..")
                && !decoded.contains("://")
                && decoded.chars().noneMatch(c -> c <= 0x20 || c == 0x7f || c == '\\' || c == '?' || c == '#');
    }

    /** The template of a path pattern: {@code {id}} becomes {@code :id}; empty when nothing in it varies by name. */
    static Optional<String> of(String pattern) {
        String template = PARAMETER.matcher(pattern).replaceAll(":$1");
        return template.equals(pattern) || !isValid(template) ? Optional.empty() : Optional.of(template);
    }

    /** Whether a path is one of this template's. */
    static boolean fits(String template, String path) {
        List<String> expected = Arrays.asList(template.split("/", -1));
        List<String> seen = Arrays.asList(path.split("/", -1));
        if (expected.size() != seen.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            boolean parameter = expected.get(i).length() > 1 && expected.get(i).startsWith(":");
            if (parameter ? seen.get(i).isEmpty() : !expected.get(i).equals(seen.get(i))) {
                return false;
            }
        }
        return true;
    }
}
