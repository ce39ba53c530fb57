package dev.x402.bazaar.catalogue;

import dev.x402.bazaar.catalogue.Page.Position;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Positions as opaque texts, each for the one search that it came from. */
final class Cursors {
    static final int LONGEST = 128;
    private static final int SHORTEST_KEY = 32;
    private static final int TAG = 16;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;

    Cursors(Bytes secret) {
        if (secret.size() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "cursorKey: expected " + SHORTEST_KEY + " bytes or more, saw " + secret.size());
        }
        key = new SecretKeySpec(secret.toArray(), MAC);
    }

    String write(Position position, Search search) {
        byte[] price = position.price().map(BigInteger::toByteArray).orElse(new byte[0]);
        byte[] content = ByteBuffer.allocate(Long.BYTES + price.length)
                .putLong(position.sequence())
                .put(price)
                .array();
        byte[] tag = tag(content, search);
        byte[] whole = Arrays.copyOf(content, content.length + TAG);
        System.arraycopy(tag, 0, whole, content.length, TAG);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * The position of a text that {@link #write} gave for this search.
     *
     * @throws ParameterException for every other text
     */
    Position read(String text, Search search) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
        int length = whole.length - TAG;
        if (length < Long.BYTES) {
            throw refused(text);
        }
        byte[] content = Arrays.copyOf(whole, length);
        byte[] tag = Arrays.copyOfRange(whole, length, whole.length);
        if (!MessageDigest.isEqual(tag, tag(content, search))) {
            throw refused(text);
        }
        Optional<BigInteger> price = length == Long.BYTES
                ? Optional.empty()
                : Optional.of(new BigInteger(content, Long.BYTES, length - Long.BYTES));
        return new Position(price, ByteBuffer.wrap(content).getLong());
    }

    private static ParameterException refused(String text) {
        return new ParameterException(
                "cursor", "one that a page of this search gave", text.length() + " characters of something else");
    }

    private byte[] tag(byte[] content, Search search) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(Codec.JSON.write(Json.texts(terms(search))));
            return Arrays.copyOf(mac.doFinal(content), TAG);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(MAC + ": every Java has it", e);
        }
    }

    /** All of a search but for how much of it a page shows. */
    private static List<String> terms(Search search) {
        List<String> terms = new ArrayList<>();
        terms.add(String.join(" ", new TreeSet<>(search.words())));
        terms.add(String.join(",", new TreeSet<>(search.extensions())));
        terms.add(String.join(",", new TreeSet<>(search.tags())));
        terms.add(search.type().orElse(""));
        terms.add(search.operation().orElse(""));
        terms.add(search.network().map(Object::toString).orElse(""));
        terms.add(search.scheme().orElse(""));
        terms.add(search.asset().map(Object::toString).orElse(""));
        terms.add(search.payTo().orElse(""));
        terms.add(search.name().orElse(""));
        terms.add(search.least().map(Object::toString).orElse(""));
        terms.add(search.most().map(Object::toString).orElse(""));
        terms.add(search.order().name());
        return terms;
    }
}
