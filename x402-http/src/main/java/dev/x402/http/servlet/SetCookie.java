package dev.x402.http.servlet;

import jakarta.servlet.http.Cookie;
import java.util.Map;

/** A cookie as the header {@code Set-Cookie} (RFC 6265). */
final class SetCookie {
    private SetCookie() {}

    static String of(Cookie cookie) {
        StringBuilder text = new StringBuilder(cookie.getName()).append('=').append(cookie.getValue());
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            String value = attribute.getValue();
            boolean flag = value.isEmpty() || value.equalsIgnoreCase("true");
            boolean off = value.equalsIgnoreCase("false");
            if (!off) {
                text.append("; ").append(attribute.getKey());
            }
            if (!off && !flag) {
                text.append('=').append(value);
            }
        }
        return text.toString();
    }
}
