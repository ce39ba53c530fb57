package dev.x402.http.servlet;

import static java.util.Objects.requireNonNull;

import dev.x402.http.Answer;
import dev.x402.http.server.Delivery;
import dev.x402.http.server.HeldHandler;
import dev.x402.http.server.Paid;
import dev.x402.http.server.PaidRoutes;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for payment before servlets.
 *
 * <p>Map it to {@code /*} for all dispatcher types, before every filter that could answer. A handler finds {@link Paid}
 * as the request attribute {@link Paid#ATTRIBUTE}; on a paid path it must answer before it returns: asynchronous
 * processing, upgrades, pushes, trailers and multipart parts are refused there. Where the money moved before the work,
 * what it writes goes out as it is written, and it may answer asynchronously when the filter is declared so. What a paid handler forwards to or
 * includes is paid with it.
 */
public final class PaymentFilter implements Filter {
    private static final String INCLUDED_URI = "jakarta.servlet.include.request_uri";

    private final PaidRoutes routes;

    /** A filter by these routes. */
    public PaymentFilter(PaidRoutes routes) {
        this.routes = requireNonNull(routes, "routes");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answering)) {
            throw new ServletException("payment filter: expected HTTP, saw " + request.getProtocol());
        }
        if (http.getAttribute(Paid.ATTRIBUTE) != null) {
            chain.doFilter(request, response);
            return;
        }
        if (http.getDispatcherType() == DispatcherType.INCLUDE) {
            include(http, answering, chain);
            return;
        }
        ServletRequestView view = new ServletRequestView(http);
        Handling handling = new Handling(http, answering, view, chain);
        Optional<Answer> answer = routes.answer(view, handling);
        if (handling.broken != null) {
            throw new ServletException("payment filter: an answer that had begun was broken off", handling.broken);
        }
        if (answer.isEmpty()) {
            chain.doFilter(request, response);
        } else if (!handling.streamed) {
            ServletAnswer.send(http, answering, answer.get());
        }
    }

    /** The handler behind the filter, once. */
    private static final class Handling implements HeldHandler {
        private final HttpServletRequest http;
        private final HttpServletResponse answering;
        private final ServletRequestView view;
        private final FilterChain chain;
        private boolean streamed;
        private @Nullable Exception broken;

        Handling(HttpServletRequest http, HttpServletResponse answering, ServletRequestView view, FilterChain chain) {
            this.http = http;
            this.answering = answering;
            this.view = view;
            this.chain = chain;
        }

        @Override
        public Optional<Answer> run(Paid paid, int limit) throws Exception {
            PaidRequest paying = new PaidRequest(http, view.kept(), null);
            HeldResponse held = new HeldResponse(answering, limit);
            http.setAttribute(Paid.ATTRIBUTE, paid);
            try {
                chain.doFilter(paying, held);
            } catch (IOException | ServletException | RuntimeException failure) {
                return held.unlessOverflown(failure);
            } finally {
                http.removeAttribute(Paid.ATTRIBUTE);
            }
            return held.answer();
        }

        @Override
        public boolean stream(Paid paid, Delivery delivery) throws IOException, ServletException {
            LiveResponse live = new LiveResponse(answering, delivery);
            http.setAttribute(Paid.ATTRIBUTE, paid);
            try {
                chain.doFilter(new PaidRequest(http, view.kept(), live), live);
                live.end();
            } catch (IOException | ServletException | RuntimeException failure) {
                delivery.failed();
                if (!answering.isCommitted()) {
                    answering.reset();
                    throw failure;
                }
                broken = failure;
            } finally {
                if (!live.asynchronous()) {
                    http.removeAttribute(Paid.ATTRIBUTE);
                }
            }
            streamed = true;
            return true;
        }
    }

    /** A page that includes a priced one cannot ask for payment any more. */
    private void include(HttpServletRequest http, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Object uri = http.getAttribute(INCLUDED_URI);
        if (routes.guards(
                new IncludedRequest(new ServletRequestView(http), String.valueOf(uri), http.getContextPath()))) {
            throw new ServletException(
                    "payment filter: expected no free page that includes a priced one, saw it include " + uri
                            + "; forward to it instead");
        }
        chain.doFilter(http, response);
    }
}
