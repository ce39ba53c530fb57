package dev.x402.tck;

import java.util.List;

/** A text that names nothing, and what is wrong with it. */
record HostileText(String what, String value) {
    private static final int LONG = 100_000;

    static List<HostileText> around(String honest) {
        return List.of(
                new HostileText("empty", ""),
                new HostileText("a space", " "),
                new HostileText("the honest one with a space before", " " + honest),
                new HostileText("the honest one with a line end behind", honest + "\n"),
                new HostileText("the honest one on each of two lines", honest + "\n" + honest),
                new HostileText("the honest one and a zero character", honest + "\u0000"),
                new HostileText("a zero character", "\u0000"),
                new HostileText("half of a surrogate pair", "\ud800"),
                new HostileText("letters of another script", "\u0430\u0435\u043e"),
                new HostileText("one hundred thousand letters", "a".repeat(LONG)));
    }
}
