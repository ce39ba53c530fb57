package dev.x402.architecture;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules over the text of one source file. */
final class SourceRules {
    private static final Pattern CATCH =
            Pattern.compile("\\bcatch\\s*\\(\\s*(?:final\\s+)?([\\w.|\\s]+?)\\s+\\w+\\s*\\)");
    private static final Set<String> EVERYTHING = Set.of("Exception", "RuntimeException", "Throwable", "Error");
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern SECRET_FIELD =
            Pattern.compile("(?:private|protected|final)\\s+(?:final\\s+)?(?:@\\w+\\s+)?[\\w.<>\\[\\]]+\\s+"
                    + "(\\w*(?:[pP]rivateKey|[sS]ecret|[pP]assword|[mM]nemonic|[aA]piKey|[bB]earer|[aA]ccessToken|[kK]eyPair)\\w*)"
                    + "\\s*[;=]");
    private static final Pattern SECRET_COMPONENT = Pattern.compile(
            "record\\s+\\w+\\s*(?:<[^>]*>)?\\([^)]*?\\b"
                    + "(\\w*(?:[pP]rivateKey|[sS]ecret|[pP]assword|[mM]nemonic|[aA]piKey|[bB]earer|[aA]ccessToken|[kK]eyPair)\\w*)"
                    + "\\s*[,)]",
            Pattern.DOTALL);

    private SourceRules() {}

    static void catchAlls(Report report, String name, String source) {
        String code = withoutComments(source);
        Matcher matcher = CATCH.matcher(code);
        while (matcher.find()) {
            int at = matcher.start();
            Arrays.stream(matcher.group(1).split("\\|"))
                    .map(String::strip)
                    .filter(EVERYTHING::contains)
                    .forEach(type -> report.found(name, "line " + line(code, at) + " catches " + type));
        }
    }

    static void leftOvers(Report report, String name, String source) {
        Matcher matcher = LEFT_OVER.matcher(source);
        while (matcher.find()) {
            report.found(name, "line " + line(source, matcher.start()) + " says " + matcher.group());
        }
    }

    static void firstSentences(Report report, String name, String source) {
        Matcher matcher = JAVADOC.matcher(source);
        while (matcher.find()) {
            String text = matcher.group(1)
                    .replaceAll("(?m)^\\s*\\*", " ")
                    .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
                    .replaceAll("<[^>]+>", " ")
                    .strip();
            String sentence = text.split("(?<=[.:;?])\\s|\\s@\\w+\\s", 2)[0].strip();
            if (sentence.isEmpty() || sentence.startsWith("@")) {
                continue;
            }
            int words = sentence.split("\\s+").length;
            if (words > 15) {
                report.found(
                        name, "line " + line(source, matcher.start()) + " has a first sentence of " + words + " words");
            }
        }
    }

    static void unredacted(Report report, String name, String source) {
        if (source.contains("String toString()")) {
            return;
        }
        String code = withoutComments(source);
        for (Pattern pattern : new Pattern[] {SECRET_FIELD, SECRET_COMPONENT}) {
            Matcher matcher = pattern.matcher(code);
            while (matcher.find()) {
                boolean constant = matcher.group(1).matches("[A-Z_0-9]+");
                if (!constant) {
                    report.found(
                            name,
                            "line " + line(code, matcher.start(1)) + " holds " + matcher.group(1)
                                    + " and the file has no toString");
                }
            }
        }
    }

    /** The code with comments blanked and line numbers kept; text in quotes is not told apart. */
    private static String withoutComments(String source) {
        String blocks = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL)
                .matcher(source)
                .replaceAll(m -> m.group().replaceAll("[^\n]", " "));
        return blocks.replaceAll("(?m)(^|\\s)//.*$", "");
    }

    private static long line(String text, int at) {
        return text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }
}
