package dev.x402.config;

/** Where something stands in the file; both from 1, or 0 for nowhere. */
record Place(int line, int column) {
    static final Place NOWHERE = new Place(0, 0);

    Problem problem(String message) {
        return new Problem(line, column, message);
    }
}
