package dev.x402.fuzz;

import dev.x402.spec.Codec;
import dev.x402.spec.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** What is asked of every decoder: a message or one kind of refusal, and nothing lost on the way back. */
final class Decoding {
    private static final int LONGEST_MESSAGE = 4000;

    private Decoding() {}

    static <T> Optional<T> body(Codec<T> codec, byte[] data) {
        return whole(codec, () -> codec.read(data));
    }

    /** Input that begins like an object is put into base64 first, so that the fuzzer gets past it. */
    static <T> Optional<T> header(Codec<T> codec, byte[] data) {
        String text = data.length > 0 && data[0] == '{'
                ? Base64.getEncoder().encodeToString(data)
                : new String(data, StandardCharsets.ISO_8859_1);
        Optional<T> message = whole(codec, () -> codec.readHeader(text));
        message.ifPresent(seen -> same(seen, codec.readHeader(codec.writeHeader(seen))));
        return message;
    }

    private static <T> Optional<T> whole(Codec<T> codec, Supplier<T> read) {
        T message;
        try {
            message = read.get();
        } catch (MalformedMessageException refusal) {
            readable(refusal);
            return Optional.empty();
        }
        same(message, codec.read(codec.write(message)));
        same(message, codec.of(codec.json(message)));
        return Optional.of(message);
    }

    static void same(Object expected, Object seen) {
        if (!expected.equals(seen) || expected.hashCode() != seen.hashCode()) {
            throw new AssertionError("expected " + expected + ", saw " + seen);
        }
    }

    /** A refusal is one short line for a log. */
    static void readable(RuntimeException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (message.length() > LONGEST_MESSAGE || message.chars().anyMatch(Character::isISOControl)) {
            throw new AssertionError("expected one short line, saw " + message.length() + " characters", refusal);
        }
    }

    static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }
}
