package dev.x402.core.payer;

import java.util.Optional;

/** What a word of the policy's language may be made of. */
final class Words {
    static final int LONGEST = 256;

    private Words() {}

    /** Visible characters, single blanks between them; no comma and no {@code #}. */
    static boolean isWord(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) == ' ' || text.endsWith(" ")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ' && text.charAt(i - 1) != ' ';
            if (!blank && !isVisible(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(char c) {
        int type = Character.getType(c);
        return c > 0x20
                && c != ','
                && c != '#'
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE
                && !Character.isSpaceChar(c)
                && !Character.isWhitespace(c);
    }

    /** The subject that a keyword names, in the singular or plural. */
    static Optional<Subject> subject(String keyword) {
        for (Subject subject : Subject.values()) {
            String singular = subject.toString();
            String plural = subject == Subject.CURRENCY ? "currencies" : singular + "s";
            if (keyword.equalsIgnoreCase(singular) || keyword.equalsIgnoreCase(plural)) {
                return Optional.of(subject);
            }
        }
        return Optional.empty();
    }

    static String first(String word) {
        int blank = word.indexOf(' ');
        return blank < 0 ? word : word.substring(0, blank);
    }
}
