package dev.x402.tck;

/** The answer of a run. */
enum Verdict {
    CONFORMANT("conformant"),
    NOT_CONFORMANT("not conformant"),
    PARTIAL("without fault so far: some rules were left out"),
    NOT_JUDGED("not judged: no rule of level MUST held or failed");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
