package dev.x402.http.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The one spelling of what a request asks for.
 *
 * <p>Nothing is normalized but what {@link dev.x402.http.PathView} decoded: two paths of different characters stay two
 * targets, also where Unicode calls them equivalent.
 */
final class Target {
    private static final String PLAIN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/";

    private Target() {}

    /** The escaped path, and the query as it came. */
    static String of(String path, String query) {
        StringBuilder target = new StringBuilder(path.length() + query.length() + 1);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (PLAIN.indexOf(c) >= 0) {
                target.append(c);
            } else {
                target.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return query.isEmpty()
                ? target.toString()
                : target.append('?').append(query).toString();
    }
}
