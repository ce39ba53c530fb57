package dev.x402.core.facilitator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A bank that takes files until a window closes, rejects and returns, and knows no duplicates.
 *
 * <p>Every entry that it takes is a debit, also the second of the same trace.
 */
final class Bank {
    static final long WINDOW = 20_000;
    static final long REPORT = 5_000;
    static final int RETURN_WINDOWS = 3;

    private final Baton baton;
    private final Random random;
    private final Map<Long, List<Entry>> files = new HashMap<>();
    private final Map<String, Integer> debits = new HashMap<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private final Map<String, String> payments = new HashMap<>();

    boolean disturbed = true;

    record Entry(String trace, String payment, long window) {}

    /** What became of a trace. */
    enum Fate {
        REJECTED,
        REFUSED,
        DEBITED,
        RETURNED
    }

    Bank(Baton baton, Random random) {
        this.baton = baton;
        this.random = random;
        baton.after(WINDOW, () -> close(0));
    }

    /** The window that takes files now. */
    long window() {
        return baton.now() / WINDOW;
    }

    void send(Entry entry) {
        if (entry.window() != window()) {
            throw new IllegalStateException("stale file");
        }
        files.computeIfAbsent(entry.window(), same -> new ArrayList<>()).add(entry);
    }

    /** Whether the window's report is out, so that an unknown trace was never taken. */
    boolean reported(long window) {
        return baton.now() >= (window + 1) * WINDOW + REPORT;
    }

    /** Whether no return can come any more. */
    boolean isFinal(long window) {
        return baton.now() >= (window + 1 + RETURN_WINDOWS) * WINDOW + REPORT;
    }

    Optional<Fate> fate(String trace) {
        return Optional.ofNullable(fates.get(trace));
    }

    /** How often money was taken and not given back for a payment. */
    int debits(String payment) {
        return debits.getOrDefault(payment, 0);
    }

    /** Returns a debit. */
    void giveBack(String trace) {
        fates.put(trace, Fate.RETURNED);
        debits.merge(payments.get(trace), -1, Integer::sum);
    }

    private void close(long window) {
        for (Entry entry : files.getOrDefault(window, List.of())) {
            int luck = disturbed ? random.nextInt(20) : 10;
            if (luck < 2) {
                fates.putIfAbsent(entry.trace(), Fate.REJECTED);
            } else if (luck == 2) {
                fates.putIfAbsent(entry.trace(), Fate.REFUSED);
            } else {
                fates.put(entry.trace(), Fate.DEBITED);
                payments.put(entry.trace(), entry.payment());
                debits.merge(entry.payment(), 1, Integer::sum);
                if (luck < 6) {
                    baton.after(
                            REPORT + WINDOW * (1 + random.nextInt(RETURN_WINDOWS - 1)), () -> giveBack(entry.trace()));
                }
            }
        }
        baton.after(WINDOW, () -> close(window + 1));
    }
}
