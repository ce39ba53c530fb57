package dev.x402.http;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.URI;

/** A servlet container that takes every path, and lets each one through to the filter. */
public interface Container extends AutoCloseable {
    /** Serves the servlet at a mapping behind the filter, for all kinds of dispatch, until it is closed. */
    Site open(String mapping, Filter filter, Servlet servlet);

    @Override
    void close();

    /** What is served. */
    interface Site extends AutoCloseable {
        URI uri();

        @Override
        void close();
    }
}
