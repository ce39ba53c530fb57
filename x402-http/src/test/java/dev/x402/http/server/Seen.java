package dev.x402.http.server;

import dev.x402.spec.Codec;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An answer as it came over the wire. */
record Seen(int status, List<String> lines, String body) {
    static Seen of(String raw) {
        int end = raw.indexOf("\r\n\r\n");
        List<String> lines = new ArrayList<>(List.of(raw.substring(0, end).split("\r\n")));
        int status = Integer.parseInt(lines.remove(0).substring(9, 12));
        String body = raw.substring(end + 4);
        Seen seen = new Seen(status, lines, body);
        return seen.header("transfer-encoding").equals("chunked") ? new Seen(status, lines, unchunked(body)) : seen;
    }

    /** The value of a header; empty when there is none, comma-joined when there are several. */
    String header(String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                values.add(line.substring(name.length() + 1).strip());
            }
        }
        return String.join(", ", values);
    }

    PaymentRequired required() {
        return Codec.PAYMENT_REQUIRED.readHeader(header("PAYMENT-REQUIRED"));
    }

    SettleResponse receipt() {
        return Codec.SETTLE_RESPONSE.readHeader(header("PAYMENT-RESPONSE"));
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, end), 16);
            whole.append(body, end + 2, end + 2 + size);
            at = end + 2 + size + 2;
        }
        return whole.toString();
    }
}
