package dev.x402.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The one reading of a request's path, or none.
 *
 * <p>Path parameters ({@code ;x=1}) are dropped, as frameworks drop them when they dispatch. What different readers take
 * for different paths has no reading: encoded slashes and backslashes, dot segments, doubled slashes, control
 * characters, percent signs that escape nothing, bytes that are not UTF-8.
 */
public final class PathView {
    private PathView() {}

    /** The decoded path of a path as it came; empty when there is no single reading. */
    public static Optional<String> of(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder(raw.length());
        String[] segments = raw.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = decode(withoutParameters(segments[i])).orElse("/");
            boolean last = i == segments.length - 1;
            boolean empty = segment.isEmpty() && !(last && segments[i].isEmpty());
            if (empty || segment.equals(".") || segment.equals("..") || !plain(segment)) {
                return Optional.empty();
            }
            path.append('/').append(segment);
        }
        return Optional.of(path.toString());
    }

    private static String withoutParameters(String segment) {
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    private static boolean plain(String segment) {
        return segment.chars().noneMatch(c -> c == '/' || c == '\\' || c == ';' || Character.isISOControl(c));
    }

    private static Optional<String> decode(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            boolean escape = c == '%';
            if (escape
                    && !(at + 2 < segment.length()
                            && HexFormat.isHexDigit(segment.charAt(at + 1))
                            && HexFormat.isHexDigit(segment.charAt(at + 2)))) {
                return Optional.empty();
            }
            if (c <= ' ' || c > '~') {
                return Optional.empty();
            }
            bytes.put(escape ? (byte) HexFormat.fromHexDigits(segment, at + 1, at + 3) : (byte) c);
            at += escape ? 3 : 1;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
