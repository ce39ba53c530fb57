package dev.x402.bazaar;

/** Counts what looking at a stranger's schema costs, and stops it; not safe for threads. */
final class Work {
    private long left;

    Work(long most) {
        this.left = most;
    }

    void done(long steps) {
        left -= steps;
        if (left < 0) {
            throw new TooMuch();
        }
    }

    /** The work is more than was allowed. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("more work than allowed", null, false, false);
        }
    }
}
