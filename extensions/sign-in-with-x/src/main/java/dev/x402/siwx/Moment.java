package dev.x402.siwx;

import dev.x402.spec.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Times of messages: RFC 3339 in UTC, of four-digit years, without leap seconds. */
final class Moment {
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Moment() {}

    static String write(Instant moment) {
        return MILLIS.format(moment);
    }

    static Instant read(String text, String name, ErrorCode code) {
        if (FORM.matcher(text).matches()) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw malformed(name, code);
            }
        }
        throw malformed(name, code);
    }

    private static Unproven malformed(String name, ErrorCode code) {
        return new Unproven(code, name + ": expected a time such as 2026-03-02T10:00:00.000Z, saw another text");
    }
}
