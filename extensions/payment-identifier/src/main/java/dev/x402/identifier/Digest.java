package dev.x402.identifier;

import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over parts that cannot be taken for one another; not safe for threads. */
final class Digest {
    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Digest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        sha256.update(bytes);
        return this;
    }

    /** By its meaning: members in the order of their names, numbers by value. */
    Digest json(Json value) {
        if (value instanceof Json.Obj obj) {
            sha256.update((byte) 'o');
            number(obj.members().size());
            for (Map.Entry<String, Json> member : new TreeMap<>(obj.members()).entrySet()) {
                text(member.getKey()).json(member.getValue());
            }
        } else if (value instanceof Json.Arr arr) {
            sha256.update((byte) 'a');
            number(arr.elements().size());
            arr.elements().forEach(this::json);
        } else if (value instanceof Json.Str str) {
            sha256.update((byte) 's');
            text(str.value());
        } else if (value instanceof Json.Num num) {
            sha256.update((byte) 'n');
            text(plain(num.value()));
        } else {
            sha256.update((byte) 'l');
            text(value.toString());
        }
        return this;
    }

    Bytes bytes() {
        return Bytes.of(sha256.digest());
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void number(int number) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /** Never expanded: an exponent may be huge. */
    private static String plain(BigDecimal value) {
        BigDecimal least = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return least.unscaledValue() + "e" + least.scale();
    }
}
