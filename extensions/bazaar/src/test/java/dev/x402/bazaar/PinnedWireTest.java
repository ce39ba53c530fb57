package dev.x402.bazaar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.x402.bazaar.Wire.Heard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PinnedWireTest {
    private static final Heard.Nothing NOT_AS_A_WEB_SERVER =
            new Heard.Nothing("it did not answer as a web server does, in time");
    private static final Heard.Nothing PRIVATE = new Heard.Nothing("its name leads into a private net");

    private static InetAddress[] addresses(String... texts) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String text : texts) {
            all.add(InetAddress.getByName(text));
        }
        return all.toArray(InetAddress[]::new);
    }

    private static PinnedWire wire(PinnedWire.Names names, Target.Reach reach, Duration within) {
        return new PinnedWire(names, reach, (SSLSocketFactory) SSLSocketFactory.getDefault(), within);
    }

    private static PinnedWire toLoopback(Duration within) {
        return wire(host -> addresses("127.0.0.1"), Target.Reach.LOOPBACK, within);
    }

    private static Heard get(PinnedWire wire, int port) {
        return wire.ask(Wire.Question.of("GET", new Target("http", "shop.example", port, "/weather")));
    }

    private static Heard heardFrom(String answer) {
        try (RawServer server = RawServer.saying(answer)) {
            return get(toLoopback(Duration.ofSeconds(30)), server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "169.254.169.254",
                "192.168.0.1",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "224.0.0.1"
            })
    void a_name_that_leads_into_a_private_net_is_not_asked(String address) {
        try (RawServer server = RawServer.saying("HTTP/1.1 402 Pay\r\n\r\n")) {
            PinnedWire wire = wire(host -> addresses(address), Target.Reach.PUBLIC, Duration.ofSeconds(30));
            assertEquals(PRIVATE, get(wire, server.port()));
            assertEquals(List.of(), server.asked);
        }
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_not_asked() {
        PinnedWire wire = wire(host -> addresses("1.1.1.1", "127.0.0.1"), Target.Reach.PUBLIC, Duration.ofSeconds(30));
        assertEquals(PRIVATE, get(wire, 443));
    }

    @Test
    void even_at_the_loopback_no_other_private_net_is_asked() {
        PinnedWire wire = wire(host -> addresses("10.0.0.1"), Target.Reach.LOOPBACK, Duration.ofSeconds(30));
        assertEquals(PRIVATE, get(wire, 80));
    }

    @Test
    void a_name_is_looked_up_once_and_the_judged_address_is_asked() {
        AtomicInteger looks = new AtomicInteger();
        PinnedWire rebinding = wire(
                host -> looks.getAndIncrement() == 0 ? addresses("127.0.0.1") : addresses("10.0.0.1"),
                Target.Reach.LOOPBACK,
                Duration.ofSeconds(30));
        try (RawServer server = RawServer.saying("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")) {
            assertEquals(
                    404,
                    assertInstanceOf(Heard.Answer.class, get(rebinding, server.port()))
                            .status());
            assertEquals(1, looks.get());
            assertEquals(
                    List.of("GET /weather HTTP/1.1\r\nHost: shop.example:" + server.port()
                            + "\r\nUser-Agent: x402-prober\r\nAccept: application/json, text/event-stream"
                            + "\r\nConnection: close\r\n\r\n"),
                    server.asked);
        }
    }

    @Test
    void a_name_that_nobody_knows_is_said_so() {
        PinnedWire wire = wire(
                host -> {
                    throw new UnknownHostException(host);
                },
                Target.Reach.PUBLIC,
                Duration.ofSeconds(30));
        assertEquals(new Heard.Nothing("its name is unknown"), get(wire, 443));
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        try (RawServer inner = RawServer.saying("HTTP/1.1 200 Fine\r\n\r\nsecret");
                RawServer server = RawServer.saying(
                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + inner.port() + "/\r\n\r\n")) {
            Heard heard = get(toLoopback(Duration.ofSeconds(30)), server.port());
            assertEquals(302, assertInstanceOf(Heard.Answer.class, heard).status());
            assertEquals(List.of(), inner.asked);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/2 402\r\n\r\n",
                "HTTP/1.1 099 Low\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nno header\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nA: 1\r\n folded\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nContent-Length: 9\r\n\r\nshort",
                "HTTP/1.1 402 Pay\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nContent-Length: 70000\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 402 Pay\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 402 Pay\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
                "HTTP/1.1 402 Pay\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 402 Pay\r\n\r\n"
            })
    void what_is_no_answer_of_a_web_server_is_nothing(String answer) {
        assertEquals(NOT_AS_A_WEB_SERVER, heardFrom(answer));
    }

    @Test
    void a_head_of_more_than_96_kib_and_a_body_of_more_than_64_kib_are_nothing() {
        assertEquals(NOT_AS_A_WEB_SERVER, heardFrom("HTTP/1.1 402 Pay\r\nA: " + "a".repeat(100_000) + "\r\n\r\n"));
        assertEquals(NOT_AS_A_WEB_SERVER, heardFrom("HTTP/1.1 402 Pay\r\n\r\n" + "a".repeat(70_000)));
    }

    @Test
    void a_body_is_read_whole_and_in_chunks() {
        assertEquals(
                "{\"a\":1}",
                assertInstanceOf(
                                Heard.Answer.class,
                                heardFrom("HTTP/1.1 402 Pay\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "4;x=y\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n"))
                        .body());
        assertEquals(
                "{\"a\":1}",
                assertInstanceOf(
                                Heard.Answer.class,
                                heardFrom("HTTP/1.1 402 Pay\r\nContent-Length: 7\r\n\r\n{\"a\":1}more"))
                        .body());
    }

    @Test
    void an_answer_that_drips_for_ever_ends_in_time() {
        try (RawServer server = new RawServer(PinnedWireTest::drip)) {
            Heard heard = assertTimeoutPreemptively(
                    Duration.ofSeconds(60), () -> get(toLoopback(Duration.ofMillis(500)), server.port()));
            assertEquals(NOT_AS_A_WEB_SERVER, heard);
        }
    }

    private static void drip(java.net.Socket socket) throws IOException, InterruptedException {
        socket.getOutputStream().write("HTTP/1.1 402 Pay\r\nA: ".getBytes(StandardCharsets.US_ASCII));
        while (!Thread.currentThread().isInterrupted()) {
            socket.getOutputStream().write('a');
            socket.getOutputStream().flush();
            Thread.sleep(20);
        }
    }

    @Test
    void nobody_at_the_port_is_nothing() {
        int port;
        try (RawServer server = RawServer.saying("")) {
            port = server.port();
        }
        assertEquals(NOT_AS_A_WEB_SERVER, get(toLoopback(Duration.ofSeconds(30)), port));
    }
}
