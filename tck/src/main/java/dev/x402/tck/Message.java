package dev.x402.tck;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A text to sign, others beside it, and changed signatures. */
final class Message {
    static final String TEXT = """
            seller.example wants you to sign in

            URI: https://seller.example/resource
            Version: 1
            Nonce: 32891756abcdef01
            Issued At: 2026-01-15T10:30:00.000Z""";

    private static final int PLACES = 24;

    private Message() {}

    /** Texts that are not the signed one, by what is other. */
    static Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        others.put("without its last character", TEXT.substring(0, TEXT.length() - 1));
        others.put("without its first character", TEXT.substring(1));
        others.put("with a space behind", TEXT + " ");
        others.put("with a line end behind", TEXT + "\n");
        others.put("with a space before", " " + TEXT);
        others.put("with other line ends", TEXT.replace("\n", "\r\n"));
        others.put("in small letters", TEXT.toLowerCase(Locale.ROOT));
        others.put("of another site", TEXT.replace("seller.example wants", "other.example wants"));
        others.put("with another nonce", TEXT.replace("32891756", "32891757"));
        others.put("of another time", TEXT.replace("10:30", "10:31"));
        others.put("that is empty", "");
        return others;
    }

    /** Signatures that are not the honest one, by what is other. */
    static Map<String, String> changed(String honest, String ofAnother) {
        Map<String, String> changed = new LinkedHashMap<>();
        int step = Math.max(1, honest.length() / PLACES);
        for (int at = 0; at < honest.length(); at += step) {
            char other = honest.charAt(at) == '1' ? '2' : '1';
            changed.put("with another character at " + at, honest.substring(0, at) + other + honest.substring(at + 1));
        }
        int last = honest.length() - 1;
        changed.put("without its last character", honest.substring(0, last));
        changed.put("without its last two characters", honest.substring(0, last - 1));
        changed.put("of which only the first half is there", honest.substring(0, honest.length() / 2));
        changed.put("twice", honest + honest);
        changed.put("backwards", new StringBuilder(honest).reverse().toString());
        changed.put("of another text", ofAnother);
        return changed;
    }
}
