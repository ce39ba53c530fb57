package dev.x402.bazaar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;

/** A server that says what it is told, whatever was asked. */
final class RawServer implements AutoCloseable {
    /** The heads of the requests that came. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Speaks to one connection. */
    interface Speaker {
        void speak(Socket socket) throws IOException, InterruptedException;
    }

    RawServer(Speaker speaker) {
        this(ServerSocketFactory.getDefault(), speaker);
    }

    RawServer(ServerSocketFactory factory, Speaker speaker) {
        try {
            server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> accept(speaker));
    }

    static RawServer saying(String answer) {
        return new RawServer(socket -> socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void accept(Speaker speaker) {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket, speaker));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket, Speaker speaker) {
        try (socket) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int c = socket.getInputStream().read();
                if (c < 0) {
                    return;
                }
                head.append((char) c);
            }
            asked.add(head.toString());
            speaker.speak(socket);
            socket.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // who asked went away, or the test is over
        }
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
