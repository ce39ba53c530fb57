package dev.x402.quickstart;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server on a free port of the loopback interface. */
final class LocalServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(LocalServer::daemon);

    private LocalServer(HttpServer server) {
        this.server = server;
    }

    /** A bound server that takes no request yet: its address is needed by what it will serve. */
    static LocalServer bind() throws IOException {
        return new LocalServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** Serves the handler behind the filters. */
    LocalServer serve(HttpHandler handler, Filter... filters) {
        server.createContext("/", handler).getFilters().addAll(List.of(filters));
        server.setExecutor(executor);
        server.start();
        return this;
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "local-server");
        thread.setDaemon(true);
        return thread;
    }
}
