package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.Raw;
import dev.x402.http.toy.ToyShop;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Settlement;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Money before work, and clients that go away, on every server: {@code /first} settles first, {@code /paid} last. */
@Timeout(60)
abstract class StreamingContract {
    private static final String FIRST = "GET /first HTTP/1.1";
    private static final String KILOBYTE = "x".repeat(1024);

    /** What a handler does with its answer. */
    @FunctionalInterface
    interface Handler {
        void handle(Sink sink) throws Exception;
    }

    /** An answer in the making, on any server. */
    interface Sink {
        void head(int status, String... header) throws IOException;

        void write(String text) throws IOException;

        void flush() throws IOException;
    }

    final ToyShop shop = new ToyShop();
    final AtomicInteger runs = new AtomicInteger();
    volatile Handler handler = sink -> {
        sink.head(200);
        sink.write("all of it");
    };
    private Optional<URI> running = Optional.empty();

    /** Starts a server that runs the handler behind the filter. */
    abstract URI start(PaidRoutes routes, Handler run);

    abstract void stop();

    @BeforeEach
    void open() {
        running = Optional.of(start(
                shop.routes()
                        .price("GET", "/first", "first")
                        .price("GET", "/paid", "toy")
                        .build(),
                sink -> {
                    runs.incrementAndGet();
                    handler.handle(sink);
                }));
    }

    @AfterEach
    void close() {
        stop();
        shop.close();
    }

    private URI uri() {
        return running.orElseThrow();
    }

    Seen first(String nonce) {
        return Seen.of(Raw.exchange(uri(), "", FIRST, paying(nonce)));
    }

    static String paying(String nonce) {
        return "PAYMENT-SIGNATURE: " + ToyShop.first(nonce);
    }

    /** The identical request, until the first one has been noticed to be over. */
    Seen again(String nonce) {
        Seen seen = first(nonce);
        while (seen.status() == 409 && seen.body().contains("being worked on")) {
            seen = first(nonce);
        }
        return seen;
    }

    private Socket begin(String line, String payment) throws IOException {
        Socket socket = new Socket(uri().getHost(), uri().getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write((line + "\r\nHost: localhost\r\nConnection: close\r\n" + payment + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("expected " + end + ", saw " + seen);
            }
            seen.append((char) next);
        }
        return seen.toString();
    }

    @Test
    void the_first_bytes_come_with_the_receipt_while_the_handler_still_works() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        handler = sink -> {
            sink.head(200, "Content-Type", "text/event-stream");
            sink.write("data: one\n\n");
            sink.flush();
            seen.await();
            sink.write("data: two\n\n");
        };
        try (Socket socket = begin(FIRST, paying("n1"))) {
            String begun = until(socket.getInputStream(), "data: one");
            assertTrue(Seen.of(begun.substring(0, begun.indexOf("\r\n\r\n") + 4).replace("chunked", "c"))
                    .receipt()
                    .success());
            assertEquals(1, shop.bank.moved());
            seen.countDown();
            until(socket.getInputStream(), "data: two");
        }
    }

    @Test
    void a_repeat_of_what_streamed_is_409_with_the_receipt() {
        Seen once = first("n1");
        assertEquals("all of it", once.body());
        Seen again = again("n1");
        assertEquals(409, again.status());
        assertEquals(once.receipt(), again.receipt());
        assertEquals(
                "{\"error\":\"duplicate_settlement\","
                        + "\"message\":\"the payment was settled and its response is not kept any more\"}",
                again.body());
        assertEquals(1, runs.get());
    }

    @Test
    void no_shared_cache_keeps_what_streamed() {
        handler = sink -> {
            sink.head(200, "Cache-Control", "public, max-age=60");
            sink.write("all of it");
        };
        assertEquals("max-age=60, private", first("n1").header("Cache-Control"));
    }

    @Test
    void a_handler_that_throws_at_once_is_500_with_the_receipt_and_runs_again_unpaid() {
        Handler works = handler;
        handler = sink -> {
            throw new IllegalStateException("out of paper");
        };
        Seen failed = first("n1");
        assertEquals(500, failed.status());
        assertEquals(
                "{\"error\":\"handler_failed\",\"message\":\"the handler broke, incident 1; the payment was taken:"
                        + " come again with the same payment, which is not charged twice\"}",
                failed.body());
        assertEquals("tx-n1", failed.receipt().transaction());
        assertTrue(failed.receipt().success());
        handler = works;
        assertEquals("all of it", again("n1").body());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_status_that_brings_nothing_keeps_the_receipt_and_runs_again_unpaid() {
        Handler works = handler;
        handler = sink -> {
            sink.head(503);
            sink.write("later");
        };
        Seen failed = first("n1");
        assertEquals(503, failed.status());
        assertEquals("later", failed.body());
        assertTrue(failed.receipt().success());
        while (shop.gate.undelivered(9).isEmpty()) { // the client may see the end before the seller
            Thread.onSpinWait();
        }
        handler = works;
        assertEquals("all of it", again("n1").body());
        assertEquals(409, again("n1").status());
        assertEquals(0, shop.gate.undelivered(9).size());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void an_answer_that_is_broken_off_runs_again_unpaid() throws Exception {
        Handler works = handler;
        handler = sink -> {
            sink.head(200);
            sink.write("half of it");
            sink.flush();
            throw new IllegalStateException("out of paper");
        };
        try (Socket socket = begin(FIRST, paying("n1"))) {
            until(socket.getInputStream(), "half of it");
        }
        handler = works;
        assertEquals("all of it", again("n1").body());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_client_that_goes_away_while_it_streams_can_come_again_unpaid() throws Exception {
        Handler works = handler;
        handler = sink -> {
            sink.head(200);
            while (true) {
                sink.write(KILOBYTE);
                sink.flush();
            }
        };
        try (Socket socket = begin(FIRST, paying("n1"))) {
            until(socket.getInputStream(), KILOBYTE);
        }
        handler = works;
        assertEquals("all of it", again("n1").body());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_handler_that_does_not_notice_that_the_client_is_gone_delivered_nothing() throws Exception {
        Handler works = handler;
        handler = sink -> {
            sink.head(200);
            try {
                while (true) {
                    sink.write(KILOBYTE);
                    sink.flush();
                }
            } catch (IOException nobodyReads) {
                assertTrue(runs.get() > 0);
            }
        };
        try (Socket socket = begin(FIRST, paying("n1"))) {
            until(socket.getInputStream(), KILOBYTE);
        }
        handler = works;
        assertEquals("all of it", again("n1").body());
    }

    @Test
    void a_pending_settlement_is_503_with_the_transaction_and_goes_on_with_the_repeat() {
        shop.bank.settlements.add(payment -> new Settlement.Pending(Optional.of("tx-9"), true, Duration.ofSeconds(3)));
        Seen pending = first("n1");
        assertEquals(503, pending.status());
        assertEquals("3", pending.header("Retry-After"));
        assertEquals("tx-9", pending.receipt().transaction());
        assertFalse(pending.receipt().success());
        assertEquals(0, runs.get());
        assertEquals("all of it", again("n1").body());
        assertEquals(1, runs.get());
    }

    @Test
    void a_rejected_settlement_is_402_with_the_reason_and_runs_nothing() {
        shop.bank.settlements.add(payment -> new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "no coin"));
        Seen rejected = first("n1");
        assertEquals(402, rejected.status());
        assertEquals(ErrorCode.INSUFFICIENT_FUNDS, rejected.receipt().errorReason());
        assertEquals(0, runs.get());
    }

    @Test
    void a_client_that_goes_away_before_it_is_charged_finds_its_answer_again() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch works = new CountDownLatch(1);
        handler = sink -> {
            works.countDown();
            gone.await();
            sink.head(200);
            sink.write("all of it");
        };
        try (Socket socket = begin("GET /paid HTTP/1.1", "PAYMENT-SIGNATURE: " + ToyShop.payment("n1"))) {
            works.await();
            socket.setSoLinger(true, 0);
        }
        gone.countDown();
        Seen again;
        do {
            again = Seen.of(
                    Raw.exchange(uri(), "", "GET /paid HTTP/1.1", "PAYMENT-SIGNATURE: " + ToyShop.payment("n1")));
        } while (again.status() == 409);
        assertEquals("all of it", again.body());
        assertEquals(1, runs.get());
        assertEquals(1, shop.bank.moved());
    }

    @Test
    void a_handler_whose_thread_is_interrupted_is_not_charged_and_runs_again() {
        Handler works = handler;
        handler = sink -> {
            Thread.currentThread().interrupt();
            new CountDownLatch(1).await();
        };
        Seen failed =
                Seen.of(Raw.exchange(uri(), "", "GET /paid HTTP/1.1", "PAYMENT-SIGNATURE: " + ToyShop.payment("n1")));
        assertEquals(500, failed.status());
        assertEquals(0, shop.bank.moved());
        handler = works;
        Seen again =
                Seen.of(Raw.exchange(uri(), "", "GET /paid HTTP/1.1", "PAYMENT-SIGNATURE: " + ToyShop.payment("n1")));
        assertEquals("all of it", again.body());
    }
}
