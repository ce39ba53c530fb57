package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.http.Container;
import dev.x402.http.servlet.PaymentFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Money before work in a servlet container. */
abstract class ServletStreamingContract extends StreamingContract {
    /** Answers a request later, by its asynchronous context. */
    @FunctionalInterface
    private interface Later {
        void begin(AsyncContext context) throws IOException;
    }

    private Optional<Container.Site> site = Optional.empty();
    private volatile Optional<Later> later = Optional.empty();

    abstract Container container();

    @Override
    URI start(PaidRoutes routes, Handler run) {
        Container.Site opened = container().open("/*", new PaymentFilter(routes), new Serving(run));
        site = Optional.of(opened);
        return opened.uri();
    }

    @Override
    void stop() {
        site.ifPresent(Container.Site::close);
    }

    private final class Serving extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Handler run;

        Serving(Handler run) {
            this.run = run;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            if (later.isPresent()) {
                runs.incrementAndGet();
                later.get().begin(request.startAsync());
                return;
            }
            try {
                run.handle(new Sink() {
                    @Override
                    public void head(int status, String... header) {
                        response.setStatus(status);
                        if (header.length == 2) {
                            response.setHeader(header[0], header[1]);
                        }
                    }

                    @Override
                    public void write(String text) throws IOException {
                        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                    }

                    @Override
                    public void flush() throws IOException {
                        response.flushBuffer();
                    }
                });
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
    }

    @Test
    void an_asynchronous_answer_is_delivered_when_it_is_complete() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        later = Optional.of(context -> new Thread(() -> {
                    try {
                        returned.await();
                        context.getResponse().getOutputStream().print("all of it");
                        context.complete();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .start());
        returned.countDown();
        Seen seen = first("n1");
        assertEquals("all of it", seen.body());
        assertEquals("tx-n1", seen.receipt().transaction());
        assertEquals(409, again("n1").status());
        assertEquals(1, runs.get());
    }

    @Test
    void an_asynchronous_answer_that_takes_too_long_runs_again_unpaid() {
        later = Optional.of(context -> context.setTimeout(50));
        Seen late = first("n1");
        assertEquals(500, late.status());
        assertEquals("tx-n1", late.receipt().transaction());
        later = Optional.empty();
        assertEquals("all of it", again("n1").body());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void asynchronous_answers_are_refused_where_the_money_moves_last() {
        later = Optional.of(AsyncContext::complete);
        String payment = "PAYMENT-SIGNATURE: " + dev.x402.http.toy.ToyShop.payment("n1");
        Seen refused = Seen.of(dev.x402.http.Raw.exchange(site.orElseThrow().uri(), "", "GET /paid HTTP/1.1", payment));
        assertEquals(500, refused.status());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void an_error_page_of_the_container_does_not_lose_the_receipt() {
        later = Optional.of(context -> {
            ((HttpServletResponse) context.getResponse()).sendError(503, "later");
            context.complete();
        });
        Seen failed = first("n1");
        assertEquals(503, failed.status());
        assertEquals("tx-n1", failed.receipt().transaction());
        later = Optional.empty();
        assertEquals("all of it", again("n1").body());
    }
}
