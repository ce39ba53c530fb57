package dev.x402.scheme.ach.bank;

import dev.x402.scheme.ach.bank.BankLedger.Line;
import java.util.List;

/** The names of the accounts, and money that moves between two of them. */
final class Books {
    /** The rest of the world. */
    static final String OUTSIDE = "outside";

    /** Out of which the bank guarantees. */
    static final String GUARANTEE = "guarantee";

    private Books() {}

    static String account(String token) {
        return "account/" + token;
    }

    static String prefunded(String token) {
        return "prefunded/" + token;
    }

    static List<Line> move(String from, String to, long cents) {
        if (cents < 0) {
            throw new IllegalArgumentException("cents: expected 0 or more, saw " + cents);
        }
        return List.of(new Line(from, -cents), new Line(to, cents));
    }
}
