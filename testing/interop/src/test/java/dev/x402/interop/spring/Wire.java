package dev.x402.interop.spring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;

/** Speaks HTTP/1.1 by hand: a client library would tidy the paths up. */
record Wire(int port) {
    private static final int PATIENCE_MILLIS = 60_000;

    /** A response as it came. */
    record Response(int status, String text) {}

    Response get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1");
    }

    /** Sends a request without body. */
    Response send(String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            String text = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return new Response(Integer.parseInt(text.substring(9, 12)), text);
        }
    }
}
