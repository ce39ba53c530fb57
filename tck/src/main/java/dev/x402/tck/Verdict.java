package dev.x402.tck;

/** The answer of a run. */
enum Verdict {
    CONFORMANT("conformant"),
    NOT_CONFORMANT("not conformant"),
    PARTIAL("no fault found, but some rules were left out"),
    NOT_JUDGED("nothing was judged");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
