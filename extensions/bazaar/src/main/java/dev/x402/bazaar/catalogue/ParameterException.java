package dev.x402.bazaar.catalogue;

/** A parameter of a query is out of its bounds; the message names it. Without a stack trace: refusing stays cheap. */
final class ParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED = 40;

    ParameterException(String name, String expected, String seen) {
        super(name + ": expected " + expected + ", saw " + seen, null, false, false);
    }

    /** A stranger's text as a message may show it. */
    static String quoted(String text) {
        boolean plain = text.length() <= QUOTED && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '"');
        return plain ? '"' + text + '"' : text.length() + " characters";
    }
}
