package dev.x402.fuzz;

import dev.x402.http.server.Paid;
import dev.x402.http.servlet.PaymentFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/** The head of a request as bytes, through Jetty and the filter: no priced path reaches its servlet unpaid. */
public final class ServletFuzz {
    private static final AtomicReference<String> UNPAID = new AtomicReference<>("");
    private static final LocalConnector CONNECTOR = start();

    private ServletFuzz() {}

    private static final class Shop extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
            boolean priced = path.matches("/paid/?|/items/[^/]*/?");
            if (priced && request.getAttribute(Paid.ATTRIBUTE) == null) {
                UNPAID.set(request.getMethod() + " " + path);
            }
            response.setStatus(204);
        }
    }

    private static LocalConnector start() {
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(64 * 1024);
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server, new HttpConnectionFactory(http));
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(
                new FilterHolder(new PaymentFilter(new Seller().routes())), "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new Shop()), "/*");
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return connector;
    }

    public static void fuzzerTestOneInput(byte[] data) throws Exception {
        StringBuilder head = new StringBuilder();
        for (String line : new String(data, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
            String name = line.toLowerCase(Locale.ROOT);
            boolean promisesABody = name.contains("content-length") || name.contains("transfer-encoding");
            if (!line.isEmpty() && !promisesABody && !name.contains("expect")) {
                head.append(line).append("\r\n");
            }
        }
        head.append("Connection: close\r\n\r\n");
        ByteBuffer answer = CONNECTOR.getResponse(
                ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1)), 10, TimeUnit.SECONDS);
        String unpaid = UNPAID.getAndSet("");
        if (!unpaid.isEmpty()) {
            throw new AssertionError("ran unpaid: " + unpaid);
        }
        String status =
                answer == null ? "" : StandardCharsets.ISO_8859_1.decode(answer).toString();
        if (status.startsWith("HTTP/1.1 500") || status.startsWith("HTTP/1.0 500")) {
            throw new AssertionError(status);
        }
    }
}
