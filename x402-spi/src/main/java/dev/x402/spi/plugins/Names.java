package dev.x402.spi.plugins;

import java.util.regex.Pattern;

/** Which names a plugin may take. */
final class Names {
    private static final Pattern SCHEME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** What begins like the protocol belongs to the protocol. */
    private static final String RESERVED = "x402";

    private Names() {}

    static boolean scheme(String what, String name, Problems problems) {
        return check(what, name, SCHEME, problems);
    }

    static boolean extension(String what, String key, Problems problems) {
        return check(what, key, EXTENSION, problems);
    }

    private static boolean check(String what, String name, Pattern form, Problems problems) {
        if (!form.matcher(name).matches()) {
            problems.add(what + ": expected " + form + ", saw " + quoted(name));
            return false;
        }
        if (name.regionMatches(true, 0, RESERVED, 0, RESERVED.length())) {
            problems.add(what + ": names that begin with " + RESERVED + " are reserved for the protocol, saw "
                    + quoted(name) + "; choose another");
            return false;
        }
        return true;
    }

    private static String quoted(String name) {
        int shown = Math.min(name.length(), 80);
        return '"' + name.substring(0, shown).replaceAll("\\p{Cntrl}", "?") + (shown < name.length() ? "…" : "") + '"';
    }
}
