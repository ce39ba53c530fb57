package dev.x402.core.payer;

import dev.x402.core.Nearest;
import dev.x402.core.payer.PolicyConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a policy, and finds every problem of their form. */
final class PolicyReader {
    private static final int MOST_LINES = 1_000;
    private static final int LONGEST_LINE = 65_536;
    private static final List<String> BEGINNINGS =
            List.of("prefer", "avoid", "only", "at most", "cheapest", "fastest final", "flows", "pay");

    private final List<Rule> rules = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private int line;
    private String text = "";
    private int at;

    private PolicyReader() {}

    /**
     * The policy of these lines.
     *
     * @throws PolicyConfigurationException naming every line that cannot be read
     */
    static BuyerPolicy read(List<String> texts) {
        PolicyReader reader = new PolicyReader();
        for (String block : texts) {
            for (String one : block.split("\\R", -1)) {
                reader.line++;
                if (reader.line <= MOST_LINES) {
                    reader.readLine(one);
                }
            }
        }
        if (reader.line > MOST_LINES) {
            reader.problems.add(new Problem(0, 0, "expected at most " + MOST_LINES + " lines, saw " + reader.line));
        }
        if (!reader.problems.isEmpty()) {
            throw new PolicyConfigurationException(reader.problems);
        }
        return new BuyerPolicy(reader.rules, reader.lines);
    }

    private void readLine(String raw) {
        if (raw.length() > LONGEST_LINE) {
            problem(0, "expected at most " + LONGEST_LINE + " characters, saw " + raw.length());
            return;
        }
        text = withoutComment(raw);
        at = 0;
        if (peek().isEmpty()) {
            return;
        }
        readRule().ifPresent(rule -> {
            rules.add(rule);
            lines.add(line);
        });
    }

    private static String withoutComment(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '#' && (i == 0 || isBlank(raw.charAt(i - 1)))) {
                return raw.substring(0, i);
            }
        }
        return raw;
    }

    private Optional<Rule> readRule() {
        boolean pays = take("pay");
        int column = column();
        String verb = next();
        String word = verb.toLowerCase(Locale.ROOT);
        if (pays && !word.equals("only") && !word.equals("at")) {
            return unknown(column, verb, true);
        }
        return switch (word) {
            case "only" -> list(Rule.Verb.ONLY, null);
            case "prefer" -> list(Rule.Verb.PREFER, null);
            case "avoid" -> list(Rule.Verb.AVOID, null);
            case "flow", "flows" -> list(Rule.Verb.ONLY, Subject.FLOW);
            case "at" -> limit();
            case "cheapest" -> alone(Rule.Measure.CHEAPEST);
            case "fastest" -> fastest();
            default -> unknown(column, verb, pays);
        };
    }

    private Optional<Rule> unknown(int column, String word, boolean pays) {
        List<String> known = pays ? List.of("only", "at most") : BEGINNINGS;
        return problem(
                column,
                "expected " + String.join(", ", known.subList(0, known.size() - 1)) + " or "
                        + known.get(known.size() - 1) + ", saw " + (word.isEmpty() ? "nothing" : Shown.quoted(word))
                        + Nearest.of(word, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
    }

    private Optional<Rule> fastest() {
        int column = column();
        return take("final")
                ? alone(Rule.Measure.FASTEST_FINAL)
                : problem(column, "expected final after fastest, saw " + seen(next()));
    }

    private Optional<Rule> alone(Rule rule) {
        int column = column();
        String more = next();
        return more.isEmpty()
                ? Optional.of(rule)
                : problem(column, "expected nothing after " + rule + ", saw " + Shown.quoted(more));
    }

    private Optional<Rule> limit() {
        if (!take("most")) {
            return problem(column(), "expected most after at, saw " + seen(next()));
        }
        int begin = column();
        StringBuilder money = new StringBuilder();
        while (!peek().isEmpty() && !peek().equalsIgnoreCase("per")) {
            money.append(money.length() == 0 ? "" : " ").append(next());
        }
        int end = column();
        boolean per = take("per");
        if (!per || !take("payment")) {
            return problem(
                    per ? column() : end,
                    "expected per payment at the end, saw " + seen(next())
                            + "; what may be spent in a day or by a host is said in a budget");
        }
        Optional<Rule> rule;
        try {
            rule = Optional.of(new Rule.Limit(MoneyTerm.parse(money.toString())));
        } catch (IllegalArgumentException e) {
            return problem(begin, String.valueOf(e.getMessage()));
        }
        return rule.flatMap(this::alone);
    }

    private Optional<Rule> list(Rule.Verb verb, @Nullable Subject given) {
        int column = column();
        Subject subject = given;
        if (subject == null && peek().indexOf(',') < 0) {
            subject = Words.subject(peek()).orElse(null);
            if (subject != null) {
                next();
                column = column();
            }
        }
        List<String> words = new ArrayList<>();
        if (!peek().isEmpty()) {
            for (String word : text.substring(at).split(",", -1)) {
                words.add(collapsed(word));
            }
        }
        Optional<String> misfit = Rule.Listed.misfit(subject, words);
        return misfit.isPresent() ? problem(column, misfit.get()) : Optional.of(new Rule.Listed(verb, subject, words));
    }

    private static String collapsed(String word) {
        StringBuilder one = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!isBlank(c)) {
                one.append(c);
            } else if (one.length() > 0 && one.charAt(one.length() - 1) != ' ') {
                one.append(' ');
            }
        }
        int length = one.length();
        return length > 0 && one.charAt(length - 1) == ' ' ? one.substring(0, length - 1) : one.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String seen(String word) {
        return word.isEmpty() ? "the end of the line" : Shown.quoted(word);
    }

    private Optional<Rule> problem(int column, String message) {
        problems.add(new Problem(line, column, message));
        return Optional.empty();
    }

    /** Where the next word stands, from 1 on. */
    private int column() {
        skipBlanks();
        return at + 1;
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private String peek() {
        skipBlanks();
        int end = at;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        return text.substring(at, end);
    }

    private String next() {
        String word = peek();
        at += word.length();
        return word;
    }

    private boolean take(String word) {
        boolean there = peek().equalsIgnoreCase(word);
        if (there) {
            at += word.length();
        }
        return there;
    }
}
