package dev.x402.http.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which paths a route covers: literal segments, <code>{name}</code> for one segment, <code>**</code> at the end for any.
 *
 * <p>Matches decoded paths, case by case, in linear time; a slash at the end makes no difference.
 */
final class PathPattern {
    private static final String REST = "**";

    private final String text;
    private final List<String> segments;
    private final boolean open;

    private PathPattern(String text, List<String> segments, boolean open) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.open = open;
    }

    static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw refused(text, "a slash at its beginning");
        }
        List<String> segments = new ArrayList<>(split(text));
        boolean open = !segments.isEmpty() && segments.get(segments.size() - 1).equals(REST);
        if (open) {
            segments.remove(segments.size() - 1);
        }
        for (String segment : segments) {
            boolean variable = isVariable(segment);
            String inner = variable ? segment.substring(1, segment.length() - 1) : segment;
            if (inner.isEmpty()
                    || inner.equals(".")
                    || inner.equals("..")
                    || inner.chars().anyMatch(c -> "*?{}[]()|^$\\;%#".indexOf(c) >= 0)) {
                throw refused(text, "segments of plain text, {name}, or ** at the end");
            }
        }
        return new PathPattern(text, segments, open);
    }

    private static IllegalArgumentException refused(String text, String expected) {
        return new IllegalArgumentException("path '" + text + "': expected " + expected);
    }

    /** The values of the names in a path that this covers. */
    Map<String, String> parameters(String path) {
        List<String> seen = split(path);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment)) {
                values.put(segment.substring(1, segment.length() - 1), seen.get(i));
            }
        }
        return values;
    }

    boolean matches(String path) {
        List<String> seen = split(path);
        if (open ? seen.size() < segments.size() : seen.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!isVariable(segments.get(i)) && !segments.get(i).equals(seen.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether some path would match both. */
    boolean overlaps(PathPattern other) {
        int shared = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < shared; i++) {
            String one = segments.get(i);
            String two = other.segments.get(i);
            if (!isVariable(one) && !isVariable(two) && !one.equals(two)) {
                return false;
            }
        }
        return segments.size() == other.segments.size()
                || (segments.size() < other.segments.size() ? open : other.open);
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static List<String> split(String path) {
        String inner = path.substring(1);
        if (inner.endsWith("/")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        return inner.isEmpty() ? List.of() : Arrays.asList(inner.split("/", -1));
    }

    @Override
    public String toString() {
        return text;
    }
}
