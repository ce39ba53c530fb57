package dev.x402.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.Raw;
import dev.x402.http.server.App.Page;
import dev.x402.http.toy.ToyShop;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who would rather not pay gets of a seller, on every server. */
abstract class HostilePayerContract extends SellerBench {
    private static final int CROWD = 50;

    @ParameterizedTest
    @ValueSource(ints = {1, 8193, 1_000_000})
    void no_byte_of_a_body_of_any_size_goes_out_before_the_money_moved(int size) {
        shop.bank.settlements.add(p -> new Settlement.Rejected(ErrorCode.INVALID_TRANSACTION_STATE, "it reverted"));
        app = call -> Page.of(200, "~".repeat(size));
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(402, seen.status());
        assertFalse((String.join("", seen.lines()) + seen.body()).contains("~"), seen.body());
        assertEquals(1, calls.size());
    }

    @Test
    void a_crowd_with_one_payment_gets_one_piece_of_work() throws Exception {
        uri();
        ExecutorService threads = Executors.newFixedThreadPool(CROWD);
        CyclicBarrier together = new CyclicBarrier(CROWD);
        Callable<Integer> one = () -> {
            together.await();
            return send(REQUEST, paying("n1")).status();
        };
        Set<Integer> statuses = new TreeSet<>();
        try {
            List<Callable<Integer>> crowd = new ArrayList<>(java.util.Collections.nCopies(CROWD, one));
            for (Future<Integer> status : threads.invokeAll(crowd)) {
                statuses.add(status.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(Set.of(200, 409).containsAll(statuses) && statuses.contains(200), statuses.toString());
        assertEquals(1, calls.size());
        assertEquals(1, shop.bank.moved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /other HTTP/1.1", "GET /paid?page=2 HTTP/1.1", "POST /paid HTTP/1.1"})
    void a_payment_buys_nothing_else_of_the_same_price(String elsewhere) {
        routes.price("GET", "/other", "toy").price("POST", "/paid", "toy");
        send(REQUEST, paying("n1"));
        Seen seen = send(elsewhere, paying("n1"));
        assertEquals(409, seen.status());
        assertEquals("", seen.header("PAYMENT-REQUIRED"));
        assertEquals(ErrorCode.DUPLICATE_SETTLEMENT, seen.receipt().errorReason());
        assertEquals(1, calls.size());
    }

    @Test
    void a_kept_response_is_for_the_identical_payment_alone() {
        send(REQUEST, paying("n1"));
        Seen seen = send(REQUEST, "PAYMENT-SIGNATURE: " + ToyShop.payment("n1", "forged"));
        assertEquals(409, seen.status());
        assertFalse(seen.body().contains("toy"), seen.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/items/a%0Ab",
                "/items/a%0Db",
                "/items/a%E2%80%A8b",
                "/items/a%E2%80%A9b",
                "/items/a%C2%85b",
                "/items/%0A",
                "/items/%E2%80%A8"
            })
    void a_line_break_in_a_variable_segment_is_no_way_in(String path) {
        routes.price("GET", "/items/{item}", "toy");
        int status = send("GET " + path + " HTTP/1.1").status();
        assertTrue(status == 402 || status == 400, path + " gave " + status);
        assertEquals(List.of(), calls);
    }

    @ParameterizedTest
    @CsvSource({"e\u0301,\u00e9", "\u212b,\u00c5"})
    void two_spellings_that_unicode_calls_one_are_two_resources(String one, String two) {
        routes.price("GET", "/items/{item}", "toy");
        send("GET /items/" + escaped(one) + " HTTP/1.1", paying("n1"));
        assertEquals(
                409,
                send("GET /items/" + escaped(two) + " HTTP/1.1", paying("n1")).status());
        assertEquals(1, calls.size());
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append(String.format("%%%02X", b));
        }
        return escaped.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhalf",
                "Content-Length: ten\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhe",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"
            })
    void a_request_whose_body_is_broken_runs_nothing_and_moves_nothing(String rest) {
        String answer = Raw.whole(
                uri(),
                "POST /post HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + paying("n1") + "\r\n" + rest);
        assertTrue(answer.isEmpty() || Raw.status(answer) >= 400, answer);
        assertEquals(List.of(), calls);
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_body_that_trickles_holds_no_claim() throws Exception {
        try (Socket slow = new Socket(uri().getHost(), uri().getPort())) {
            slow.setSoTimeout(10_000);
            write(
                    slow,
                    "POST /post HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + paying("n1")
                            + "\r\nContent-Length: 4\r\n\r\nsl");
            assertEquals(
                    200, sendBody("quick", "POST /post HTTP/1.1", paying("n1")).status());
            write(slow, "ow");
            assertEquals(
                    409, Raw.status(new String(slow.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)));
        }
        assertEquals(1, calls.size());
        assertEquals(1, shop.bank.moved());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PAYMENT_SIGNATURE", "X-PAYMENT-SIGNATURE", "PAYMENT-SIGNATURE-1", "HTTP_PAYMENT_SIGNATURE"})
    void a_header_whose_name_a_proxy_changed_is_no_payment(String name) {
        assertEquals(402, send(REQUEST, name + ": " + ToyShop.payment("n1")).status());
        assertEquals(List.of(), shop.bank.asked);
    }

    @Test
    void what_a_request_says_is_repeated_in_no_page() {
        Seen seen =
                send("GET /paid?%22%3E%3Cscript%3Ealert(1)%3C/script%3E HTTP/1.1", "Accept: text/html", "Referer: <x>");
        assertEquals(402, seen.status());
        assertEquals("application/json", seen.header("Content-Type"));
        assertFalse(seen.body().contains("<"), seen.body());
    }

    @Test
    void a_bug_behind_verification_is_500_and_asks_for_no_payment() {
        shop.bank.verifications.add(p -> {
            throw new IllegalStateException("the key is 42");
        });
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(500, seen.status());
        assertEquals("", seen.header("PAYMENT-REQUIRED"));
        assertFalse(seen.body().contains("42"), seen.body());
        assertEquals(List.of(), calls);
    }

    @Test
    void a_bug_behind_settlement_is_pending_and_asks_for_no_payment() {
        shop.bank.settlements.add(p -> {
            throw new IllegalStateException("the key is 42");
        });
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(503, seen.status());
        assertEquals(ErrorCode.SETTLEMENT_PENDING, seen.receipt().errorReason());
        assertEquals("", seen.header("PAYMENT-REQUIRED"));
    }

    @Test
    void work_that_outlives_the_payment_stays_with_the_seller() {
        shop.bank.settlements.add(p -> new Settlement.Rejected(
                ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_BEFORE, "it ended while the handler worked"));
        app = call -> Page.of(200, "the secret");
        Seen seen = send(REQUEST, paying("n1"));
        assertEquals(402, seen.status());
        assertEquals(
                ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_BEFORE,
                seen.receipt().errorReason());
        assertFalse(seen.body().contains("secret"), seen.body());
        assertEquals(0, shop.bank.moved());
    }

    @Test
    void a_payment_that_cannot_be_judged_now_leaves_no_claim() {
        shop.bank.verifications.add(p -> new Verification.Unavailable("down", Duration.ofSeconds(1)));
        assertEquals(503, send(REQUEST, paying("n1")).status());
        assertEquals(200, send(REQUEST, paying("n1")).status());
    }
}
