package dev.x402.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Jetty, a server for each site. */
public final class JettyContainer implements Container {
    @Override
    public Site open(String mapping, Filter filter, Servlet servlet) {
        JettyServer server = new JettyServer(context -> {
            FilterHolder first = new FilterHolder(filter);
            first.setAsyncSupported(true);
            context.addFilter(first, "/*", EnumSet.allOf(DispatcherType.class));
            ServletHolder last = new ServletHolder(servlet);
            last.setAsyncSupported(true);
            context.addServlet(last, mapping);
            context.getServletHandler().setDecodeAmbiguousURIs(true);
        });
        HttpConfiguration http = server.connector()
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration();
        http.setRequestHeaderSize(64 * 1024);
        http.setUriCompliance(UriCompliance.UNSAFE);
        return new Site() {
            @Override
            public URI uri() {
                return server.uri("/");
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    @Override
    public void close() {}
}
