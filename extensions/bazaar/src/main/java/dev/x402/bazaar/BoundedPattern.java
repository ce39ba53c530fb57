package dev.x402.bazaar;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.x402.spec.JsonCursor;
import java.util.ArrayDeque;
import java.util.Deque;

/** A stranger's regular expression: matched in linear time, and measured before it is compiled. */
final class BoundedPattern {
    private static final int LONGEST = 512;
    private static final long LARGEST = 2_000;

    private final Pattern pattern;
    private final long size;

    private BoundedPattern(Pattern pattern, long size) {
        this.pattern = pattern;
        this.size = size;
    }

    static BoundedPattern read(JsonCursor at) {
        String text = at.text();
        if (text.length() > LONGEST) {
            throw at.malformed("a pattern of at most " + LONGEST + " characters");
        }
        long size = size(text);
        if (size > LARGEST) {
            throw at.malformed("a pattern that repeats less");
        }
        try {
            return new BoundedPattern(Pattern.compile(text), size);
        } catch (PatternSyntaxException e) {
            throw at.malformed("a pattern of RE2 syntax, without look-around and back references");
        }
    }

    boolean finds(String text, Work work) {
        work.done(1 + (text.length() * size) / 16);
        return pattern.matcher(text).find();
    }

    /** About how many instructions it compiles to: what is counted is multiplied, also when nested. */
    static long size(String text) {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 1;
        long last = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '(') {
                outer.push(sum);
                sum = 0;
                last = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                last = sum + 1;
                sum = outer.pop() + last;
            } else if (c == '{') {
                int close = text.indexOf('}', at);
                long times = close < 0 ? 1 : times(text.substring(at + 1, close));
                sum += last * (times - 1);
                last *= times;
                end = times == 1 ? end : close + 1;
            } else {
                end = c == '\\' ? at + 2 : c == '[' ? endOfClass(text, at) : end;
                last = 1;
                sum += 1;
            }
            if (sum > Integer.MAX_VALUE || last > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
            at = end;
        }
        return sum;
    }

    private static int endOfClass(String text, int open) {
        int at = open + 1;
        while (at < text.length() && (text.charAt(at) != ']' || at == open + 1)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** The most that {@code n}, {@code n,} or {@code n,m} asks for; 1 when it is no count. */
    private static long times(String count) {
        long most = 1;
        for (String number : count.split(",", -1)) {
            if (number.length() > 6 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return 1;
            }
            most = number.isEmpty() ? most : Math.max(most, Long.parseLong(number));
        }
        return most;
    }
}
