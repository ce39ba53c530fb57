package dev.x402.bazaar;

import dev.x402.spec.HeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one HTTP/1.1 answer of a stranger, so much and no more; not safe for threads. */
final class ResponseReader {
    private static final int HEAD_LIMIT = 96 * 1024;
    private static final int BODY_LIMIT = 64 * 1024;
    private static final int INTERIM = 3;

    private final InputStream in;
    private int head;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    Wire.Heard.Answer read(boolean headOnly) throws IOException {
        for (int i = 0; i < INTERIM; i++) {
            int status = status(line());
            Map<String, List<String>> headers = headers();
            if (status >= 200) {
                String body = headOnly || !isAsked(status, headers) ? "" : body(headers);
                return new Wire.Heard.Answer(status, headers, body);
            }
        }
        throw new IOException("only interim answers came");
    }

    /** A challenge in a body, or a document; what stands beside a challenge in a header is not read. */
    private static boolean isAsked(int status, Map<String, List<String>> headers) {
        boolean said = headers.containsKey(HeaderNames.PAYMENT_REQUIRED.toLowerCase(Locale.ROOT));
        return (status == 402 && !said) || status == 200;
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("no answer of HTTP/1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                throw new IOException("no header");
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || ++head > HEAD_LIMIT) {
                throw new IOException(c < 0 ? "the answer ended early" : "the head of the answer is too long");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        List<String> coding = headers.getOrDefault("transfer-encoding", List.of());
        byte[] body;
        if (coding.isEmpty()) {
            body = plain(headers.getOrDefault("content-length", List.of()));
        } else if (coding.equals(List.of("chunked"))) {
            body = chunked();
        } else {
            throw new IOException("another transfer coding");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private byte[] plain(List<String> lengths) throws IOException {
        if (lengths.isEmpty()) {
            byte[] body = in.readNBytes(BODY_LIMIT + 1);
            check(body.length);
            return body;
        }
        return whole(number(lengths.get(0), 10));
    }

    private byte[] chunked() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = number(line().split(";", -1)[0].strip(), 16);
            if (size == 0) {
                return body.toByteArray();
            }
            check(body.size() + size);
            body.writeBytes(whole(size));
            if (!line().isEmpty()) {
                throw new IOException("a chunk of another length");
            }
        }
    }

    private byte[] whole(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new IOException("the answer ended early");
        }
        return bytes;
    }

    private static int number(String text, int radix) throws IOException {
        if (!text.matches(radix == 10 ? "[0-9]{1,7}" : "[0-9a-fA-F]{1,7}")) {
            throw new IOException("no length");
        }
        int number = Integer.parseInt(text, radix);
        check(number);
        return number;
    }

    private static void check(int size) throws IOException {
        if (size > BODY_LIMIT) {
            throw new IOException("the answer is too long");
        }
    }
}
