package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.Container;
import dev.x402.http.Raw;
import dev.x402.http.servlet.PaymentFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a buyer sees of a seller in a servlet container. */
abstract class ServletSellerContract extends SellerContract {
    private Optional<Container.Site> site = Optional.empty();

    abstract Container container();

    /** A handler that speaks the Servlet API. */
    interface Handler {
        void service(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    @Override
    URI start(PaidRoutes routes, App app) {
        return serve(routes, (request, response) -> run(app, request, response));
    }

    private URI serve(PaidRoutes routes, Handler handler) {
        return serve(routes, "/*", handler);
    }

    private URI serve(PaidRoutes routes, String mapping, Handler handler) {
        HttpServlet servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                handler.service(request, response);
            }
        };
        Container.Site opened = container().open(mapping, new PaymentFilter(routes), servlet);
        site = Optional.of(opened);
        return opened.uri();
    }

    @Override
    void stop() {
        site.ifPresent(Container.Site::close);
    }

    private static void run(App app, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        App.Page page;
        try {
            String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
            page = app.handle(new App.Call(request.getMethod(), path, body, request.getAttribute(Paid.ATTRIBUTE)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
        response.setStatus(page.status());
        page.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.getOutputStream().write(page.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_path_below_a_priced_mapping_is_404_and_never_free() {
        URI uri = serve(
                routes.build(), "/paid/*", (request, response) -> calls.add(new App.Call("GET", "/paid/x", "", null)));
        try {
            assertEquals(
                    404, Seen.of(Raw.exchange(uri, "", "GET /paid/x HTTP/1.1")).status());
            assertEquals(402, Seen.of(Raw.exchange(uri, "", REQUEST)).status());
            assertEquals(List.of(), calls);
        } finally {
            stop();
        }
    }

    private Seen with(Handler handler, String... lines) {
        return with("", handler, lines);
    }

    private Seen with(String body, Handler handler, String... lines) {
        URI uri = serve(routes.build(), handler);
        try {
            return Seen.of(Raw.exchange(uri, body, lines));
        } finally {
            stop();
        }
    }

    /** Every way in which a servlet can let something go. */
    enum Way {
        FLUSH_BUFFER((request, response) -> {
            response.getOutputStream().write('x');
            response.flushBuffer();
        }),
        FLUSH_STREAM((request, response) -> {
            response.getOutputStream().write('x');
            response.getOutputStream().flush();
        }),
        CLOSE_STREAM((request, response) -> {
            response.getOutputStream().write('x');
            response.getOutputStream().close();
        }),
        WRITER((request, response) -> {
            response.getWriter().print("x");
            response.getWriter().flush();
        }),
        CLOSE_WRITER((request, response) -> {
            response.getWriter().print("x");
            response.getWriter().close();
        }),
        COOKIE((request, response) -> response.addCookie(new Cookie("session", "1"))),
        REDIRECT((request, response) -> response.sendRedirect("/secret-place")),
        CONTENT_LENGTH((request, response) -> {
            response.setContentLength(1);
            response.getOutputStream().write('x');
        }),
        MUCH((request, response) -> response.getOutputStream().write(new byte[200_000])),
        FORWARD((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.FORWARD) {
                response.getWriter().print("x");
            } else {
                request.getRequestDispatcher("/inner").forward(request, response);
            }
        }),
        INCLUDE((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.INCLUDE) {
                response.getWriter().print("x");
            } else {
                request.getRequestDispatcher("/inner").include(request, response);
            }
        });

        private final Handler handler;

        Way(Handler handler) {
            this.handler = handler;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothing_gets_out_before_the_money_moved(Way way) {
        shop.bank.settlements.add(p ->
                new dev.x402.spi.Settlement.Rejected(dev.x402.spec.ErrorCode.INVALID_TRANSACTION_STATE, "it reverted"));
        Seen seen = with(
                (request, response) -> {
                    response.setHeader("X-Secret", "1");
                    way.handler.service(request, response);
                },
                REQUEST,
                paying("n1"));
        assertEquals(402, seen.status());
        assertEquals("", seen.header("X-Secret"));
        assertEquals("", seen.header("Set-Cookie"));
        assertEquals("", seen.header("Location"));
        assertTrue(seen.body().startsWith("{\"x402Version\":2"), seen.body());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everything_gets_out_after_the_money_moved(Way way) {
        Seen seen = with(way.handler, REQUEST, paying("n1"));
        boolean redirected = way == Way.REDIRECT;
        assertEquals(redirected ? 302 : 200, seen.status());
        if (redirected) {
            assertTrue(seen.header("Location").endsWith("/secret-place"), seen.header("Location"));
        } else if (way == Way.COOKIE) {
            assertEquals("session=1", seen.header("Set-Cookie"));
        } else {
            assertEquals(way == Way.MUCH ? 200_000 : 1, seen.body().length());
        }
        assertTrue(seen.receipt().success());
    }

    @Test
    void an_error_that_a_handler_sends_is_not_charged() {
        Seen seen = with((request, response) -> response.sendError(404, "no toy"), REQUEST, paying("n1"));
        assertEquals(404, seen.status());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_status_after_the_commit_does_not_count() {
        Seen seen = with(
                (request, response) -> {
                    response.setStatus(500);
                    response.flushBuffer();
                    response.setStatus(200);
                },
                REQUEST,
                paying("n1"));
        assertEquals(500, seen.status());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void asynchronous_processing_of_a_paid_request_is_refused_and_not_charged() {
        Seen seen = with(
                (request, response) -> {
                    assertFalse(request.isAsyncSupported());
                    request.startAsync();
                },
                REQUEST,
                paying("n1"));
        assertEquals(500, seen.status());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void asynchronous_processing_of_a_free_request_is_untouched() {
        Seen seen = with(
                (request, response) -> {
                    jakarta.servlet.AsyncContext async = request.startAsync();
                    response.getWriter().print("later");
                    async.complete();
                },
                "GET /free HTTP/1.1");
        assertEquals("later", seen.body());
    }

    @Test
    void trailers_of_a_paid_response_are_refused() {
        Seen seen = with((request, response) -> response.setTrailerFields(java.util.Map::of), REQUEST, paying("n1"));
        assertEquals(500, seen.status());
    }

    @Test
    void a_form_in_a_paid_request_has_its_parameters() {
        Seen seen = with(
                "a=1&b=%C3%A4&a=2",
                (request, response) -> {
                    response.setCharacterEncoding("UTF-8");
                    response.getWriter()
                            .print(String.join("+", request.getParameterValues("a"))
                                    + request.getParameter("b")
                                    + request.getParameter("q"));
                },
                "POST /post?q=7 HTTP/1.1",
                "Content-Type: application/x-www-form-urlencoded",
                paying("n1"));
        assertEquals("1+2ä7", new String(seen.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    @Test
    void a_free_page_that_forwards_to_a_priced_one_is_asked_for_payment() {
        Seen seen = with(
                (request, response) -> {
                    if (request.getServletPath().startsWith("/free") || "/free".equals(request.getPathInfo())) {
                        request.getRequestDispatcher("/paid").forward(request, response);
                    } else {
                        response.getWriter().print("toy");
                    }
                },
                "GET /free HTTP/1.1");
        assertEquals(402, seen.status());
        assertFalse(seen.body().contains("toy\n"), seen.body());
    }

    @Test
    void a_free_page_cannot_include_a_priced_one() {
        Seen seen = with(
                (request, response) -> {
                    if (request.getDispatcherType() == DispatcherType.INCLUDE) {
                        response.getWriter().print("secret");
                    } else {
                        request.getRequestDispatcher("/paid").include(request, response);
                    }
                },
                "GET /free HTTP/1.1");
        assertEquals(500, seen.status());
        assertFalse(seen.body().contains("secret\n"), seen.body());
    }
}
