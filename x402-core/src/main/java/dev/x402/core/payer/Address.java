package dev.x402.core.payer;

/** What a log may say of an address. */
final class Address {
    private Address() {}

    /** The address without user, query and fragment, which may hold secrets. */
    static String withoutQuery(String url) {
        int end = url.length();
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        int authority = url.indexOf("://");
        int begin = authority < 0 ? 0 : authority + 3;
        int path = url.indexOf('/', begin);
        int user = url.lastIndexOf('@', path < 0 || path > end ? end - 1 : path);
        String bare = url.substring(0, end);
        return Shown.of(user >= begin ? bare.substring(0, begin) + bare.substring(user + 1) : bare);
    }
}
