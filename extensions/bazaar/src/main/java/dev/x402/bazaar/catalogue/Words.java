package dev.x402.bazaar.catalogue;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The words of a text: letters and digits without accents, in small letters. */
final class Words {
    private static final int LONGEST = 40;

    private Words() {}

    /** The first words, each once, cut at 40 characters; an ideograph is a word by itself. */
    static Set<String> of(String text, int most) {
        Set<String> words = new LinkedHashSet<>();
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < plain.length() && words.size() < most; ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (isMark(c)) {
                continue;
            }
            if (Character.isIdeographic(c)) {
                end(word, words);
                words.add(Character.toString(c));
            } else if (Character.isLetterOrDigit(c)) {
                if (word.length() < LONGEST) {
                    word.appendCodePoint(c);
                }
            } else {
                end(word, words);
            }
        }
        if (words.size() < most) {
            end(word, words);
        }
        return words;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.FORMAT;
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
