package dev.x402.bazaar;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks over a connection to the very address that was judged.
 *
 * <p>A name is looked up once; if any of its addresses is not public, none is asked. Redirects are not followed. What
 * is asked carries no cookie, no payment and nothing of the payer.
 */
final class PinnedWire implements Wire {
    private final Names names;
    private final Target.Reach reach;
    private final SSLSocketFactory tls;
    private final Duration within;

    PinnedWire(Names names, Target.Reach reach, SSLSocketFactory tls, Duration within) {
        this.names = names;
        this.reach = reach;
        this.tls = tls;
        this.within = within;
    }

    /** Looks up what a host's name stands for. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    @Override
    public Heard ask(Question question) {
        Target target = question.target();
        InetAddress[] found;
        try {
            found = names.of(target.host());
        } catch (UnknownHostException e) {
            return new Heard.Nothing("its name is unknown");
        }
        if (found.length == 0 || !Arrays.stream(found).allMatch(this::mayAsk)) {
            return new Heard.Nothing("its name leads into a private net");
        }
        try (Socket raw = new Socket()) {
            CompletableFuture<Boolean> late =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, within.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture<Void> ended = late.thenAccept(is -> closeIf(is, raw));
            try {
                return ask(question, raw, new InetSocketAddress(found[0], target.port()));
            } finally {
                late.complete(false);
                ended.join();
            }
        } catch (IOException e) {
            return new Heard.Nothing("it did not answer as a web server does, in time");
        }
    }

    private boolean mayAsk(InetAddress address) {
        return Egress.isPublic(address) || (reach == Target.Reach.LOOPBACK && address.isLoopbackAddress());
    }

    /** Ends reading and writing, however slowly bytes drip. */
    private static void closeIf(boolean late, Socket raw) {
        if (late) {
            try {
                raw.close();
            } catch (IOException e) {
                // it is closed as well as can be
            }
        }
    }

    private Heard ask(Question question, Socket raw, InetSocketAddress judged) throws IOException {
        int patience = Math.toIntExact(within.toMillis());
        raw.connect(judged, patience);
        raw.setSoTimeout(patience);
        Socket spoken = question.target().scheme().equals("https") ? encrypted(raw, question.target()) : raw;
        OutputStream out = spoken.getOutputStream();
        out.write(request(question));
        out.flush();
        return new ResponseReader(new BufferedInputStream(spoken.getInputStream()))
                .read(question.method().equals("HEAD"));
    }

    private SSLSocket encrypted(Socket raw, Target target) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(raw, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(Question question) {
        StringBuilder head = new StringBuilder(
                question.method() + ' '
                        + question.target().path() + " HTTP/1.1\r\nHost: "
                        + question.target().authority()
                        + "\r\nUser-Agent: x402-prober\r\nAccept: application/json, text/event-stream\r\nConnection: close\r\n");
        byte[] body = question.body().map(json -> Codec.JSON.write((Json) json)).orElseGet(() -> new byte[0]);
        if (question.body().isPresent()) {
            head.append("Content-Type: application/json\r\n");
        }
        if (Declared.BODY_METHODS.contains(question.method())) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(first, first.length + body.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }
}
