package dev.x402.http.servlet;

import static java.util.Objects.requireNonNull;

import dev.x402.http.Endpoint;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An endpoint as a servlet.
 *
 * <p>The endpoint sees the path within the application: mount it where its prefix points, such as {@code /x402/*}.
 */
public final class EndpointServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Endpoint endpoint;

    /** A servlet that answers by the endpoint. */
    public EndpointServlet(Endpoint endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletAnswer.send(request, response, endpoint.answer(new ServletRequestView(request)));
    }
}
