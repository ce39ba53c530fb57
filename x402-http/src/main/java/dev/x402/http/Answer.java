package dev.x402.http;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A whole answer, before any of it is sent.
 *
 * @param status of HTTP, 200 to 599
 * @param headers in order; content length and connection are the server's
 * @param body may be empty
 */
public record Answer(int status, List<Header> headers, Bytes body) {
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    /**
     * One line of the header.
     *
     * @param name a token of HTTP
     * @param value without control characters
     */
    public record Header(String name, String value) {
        public Header {
            if (name.isEmpty() || !holds(name, Header::isToken)) {
                throw new IllegalArgumentException("header name: expected a token of HTTP, saw " + name.length()
                        + " characters of which one is none");
            }
            if (!holds(value, c -> (c >= 0x20 || c == '\t') && c != 0x7f)) {
                throw new IllegalArgumentException("header " + name + ": expected no control character, saw one");
            }
        }

        /** A plain loop: a challenge is a value of a thousand characters. */
        private static boolean holds(String text, IntPredicate allowed) {
            for (int i = 0; i < text.length(); i++) {
                if (!allowed.test(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isToken(int c) {
            return c > 0x20 && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
    }

    public Answer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: expected 200 to 599, saw " + status);
        }
        headers = List.copyOf(headers);
        requireNonNull(body, "body");
    }

    /** An answer without headers and body. */
    public static Answer of(int status) {
        return new Answer(status, List.of(), NOTHING);
    }

    /** An answer with a JSON body. */
    public static Answer json(int status, Json body) {
        return of(status).withJson(Codec.JSON.write(body));
    }

    /** An answer with the JSON of a message. */
    public static <T> Answer json(int status, Codec<T> codec, T message) {
        return of(status).withJson(codec.write(message));
    }

    /**
     * A refusal whose body says why: members {@code error} and {@code message}.
     *
     * @param error a code
     * @param message for people, without anything internal
     */
    public static Answer refusal(int status, ErrorCode error, String message) {
        return json(status, Json.Obj.EMPTY.with("error", error.value()).with("message", message));
    }

    private Answer withJson(byte[] utf8) {
        return with("Content-Type", "application/json").withBody(Bytes.of(utf8));
    }

    /** The first value of a header; names without regard to case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** This answer with a header in place of all of the same name. */
    public Answer with(String name, String value) {
        List<Header> changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.name().equalsIgnoreCase(name));
        changed.add(new Header(name, value));
        return new Answer(status, changed, body);
    }

    /** This answer with {@code Retry-After}, in whole seconds rounded up, at least 1. */
    public Answer retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return with("Retry-After", Long.toString(seconds));
    }

    /** This answer with another body. */
    public Answer withBody(Bytes changed) {
        return new Answer(status, headers, changed);
    }
}
