package dev.x402.bazaar;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is kept of a stranger's words: text without signs that control, hide or turn round. */
final class PlainText {
    static final int LONGEST_DESCRIPTION = 500;

    private static final int LONGEST_LABEL = 32;
    private static final int MOST_TAGS = 5;
    private static final int LONGEST_ICON = 1024;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._&'+-]+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9 ._-]+");
    private static final Pattern MIME = Pattern.compile("[a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64}");

    private PlainText() {}

    /** One line of at most so many characters; empty for nothing. */
    static String line(@Nullable String text, int most) {
        if (text == null) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        int[] count = {0};
        text.codePoints().map(PlainText::shown).filter(c -> c >= 0).forEach(c -> {
            boolean again = c == ' ' && (kept.length() == 0 || kept.charAt(kept.length() - 1) == ' ');
            if (!again && count[0]++ < most) {
                kept.appendCodePoint(c);
            }
        });
        String line = kept.toString().strip();
        return count[0] > most ? line.substring(0, line.offsetByCodePoints(line.length(), -1)) + '…' : line;
    }

    /** A space for what separates, -1 for what is not shown, else the character. */
    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.CONTROL -> c == '\t' || c == '\n' || c == '\r' ? ' ' : -1;
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> -1;
            default -> c;
        };
    }

    /** A name of letters, digits and {@code . _ & ' + -}; anything else is none. */
    static String name(@Nullable String text) {
        String line = line(text, Integer.MAX_VALUE);
        return line.length() <= LONGEST_LABEL && NAME.matcher(line).matches() ? line : "";
    }

    /** The tags that are plain words. */
    static List<String> tags(@Nullable List<String> tags) {
        return tags == null
                ? List.of()
                : tags.stream()
                        .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                        .filter(tag -> tag.length() <= LONGEST_LABEL
                                && TAG.matcher(tag).matches())
                        .distinct()
                        .limit(MOST_TAGS)
                        .toList();
    }

    /** The address of an icon over https at a public name; anything else is none. */
    static String icon(@Nullable String url) {
        return url == null || url.length() > LONGEST_ICON || !url.startsWith("https://")
                ? ""
                : Target.find(url).map(target -> url).orElse("");
    }

    /** A media type without parameters; anything else is none. */
    static String mime(@Nullable String type) {
        String plain = type == null ? "" : type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
        return MIME.matcher(plain).matches() ? plain : "";
    }
}
