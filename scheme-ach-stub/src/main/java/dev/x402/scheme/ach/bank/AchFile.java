package dev.x402.scheme.ach.bank;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AchGateway.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Entries that go out together, with controls that show duplicates and torn files.
 *
 * @param entries in order
 * @param total cents of all
 * @param hash SHA-256 of what the entries say
 */
public record AchFile(List<Entry> entries, long total, String hash) {
    public AchFile {
        entries = List.copyOf(entries);
        requireNonNull(hash, "hash");
    }

    /** A file with its right controls. */
    public static AchFile of(List<Entry> entries) {
        return new AchFile(entries, total(entries), hash(entries));
    }

    static long total(List<Entry> entries) {
        return entries.stream().map(Entry::cents).reduce(0L, Math::addExact);
    }

    static String hash(List<Entry> entries) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Entry entry : entries) {
                String line = String.join(
                        "\n",
                        entry.trace(),
                        entry.endToEndId(),
                        entry.account(),
                        entry.payee(),
                        Long.toString(entry.cents()),
                        entry.sec().name(),
                        "");
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform has it", e);
        }
    }
}
