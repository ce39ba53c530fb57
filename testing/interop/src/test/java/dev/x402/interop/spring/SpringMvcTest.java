package dev.x402.interop.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.interop.Market;
import dev.x402.interop.MarketExtension;
import dev.x402.interop.Side;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring Boot with its own Tomcat sells by registering the filter, and no spelling of a path is a way around it. */
@ExtendWith(MarketExtension.class)
final class SpringMvcTest {
    private static Shop shop;

    @BeforeAll
    static void start(Market market) {
        shop = Shop.open(market, false);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        App.RUNS.set(0);
    }

    @ParameterizedTest
    @EnumSource
    void a_paid_request_reaches_the_handler_once_and_the_money_moves(Side client, Market market) throws Exception {
        Market.Balances before = market.balances();

        var answer = market.pay(client, shop.uri("/report"));

        assertEquals(200, answer.status());
        assertEquals(App.SECRET, answer.body());
        assertTrue(answer.receipt().orElseThrow().success());
        assertEquals(before.paidBy(client, 1), market.balances());
        assertEquals(1, App.RUNS.get());
    }

    @Test
    void a_free_page_is_free() throws IOException {
        assertTrue(shop.wire().get("/free").text().endsWith("free"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/report",
                "/report/",
                "/report;x=1",
                "/report;",
                "/report;jsessionid=1",
                "/report;/",
                "/;a=b/report",
                "/%72eport",
                "/repor%74",
                "/report%3Bx=1",
                "/report%3bx",
                "/report%2F",
                "/x%2F..%2Freport",
                "/%2Freport",
                "/%5Creport",
                "/report%5C",
                "//report",
                "/report//",
                "///report",
                "/./report",
                "/report/.",
                "/x/../report",
                "/free/../report",
                "/free;/../report",
                "/free/..;/report",
                "/free/..;x=1/report",
                "/free/%2e%2e/report",
                "/free/.%2e/report",
                "/free/%2e%2e;/report",
                "/%2e/report",
                "/.;/report",
                "/REPORT",
                "/Report",
                "/report.json",
                "/report.html",
                "/report.",
                "/report%20",
                "/report%09",
                "/report%0A",
                "/report%0D",
                "/report%00",
                "/report%",
                "/report%zz",
                "/report%c0%80",
                "/report%252F",
                "/%2572eport",
                "/report?x=/free",
                "/report?;/free",
                "/report#/free",
                "/free?/report/../report",
                "\\report",
                "/free\\..\\report",
                "http://localhost/report",
                "http://localhost/free/../report",
                "HTTP://other.example/report",
                "/%EF%BC%8Freport",
                "/r\u00e9port",
                "/report%E2%80%A8",
                "/reports/lisbon",
                "/reports/lisbon;x=1",
                "/reports;x/lisbon",
                "/reports/lis%2Fbon",
                "/reports/%2e%2e",
                "/reports/%0a",
                "/reports//lisbon",
                "/reports/lisbon/",
                "/Reports/lisbon",
                "/vault",
                "/vault/",
                "/vault;x/gold",
                "/vault/a/b/c",
                "/vault/..;/vault/gold",
                "/vault/%2e%2e/vault/gold",
                "/vault//gold",
                "/vault/gold%2F..",
                "/shortcut"
            })
    void no_spelling_of_a_path_reaches_a_priced_handler_unpaid(String target) throws IOException {
        assertUnpaid("GET " + target + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HEAD", "POST", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "get", "PROPFIND", "GE\u0054"})
    void no_method_reaches_a_priced_handler_unpaid(String method) throws IOException {
        assertUnpaid(method + " /report HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: /free",
                "X-Rewrite-URL: /free",
                "X-HTTP-Method-Override: OPTIONS",
                "X-Forwarded-Prefix: /report",
                "X-Forwarded-Host: other.example",
                "X-Forwarded-Path: /free",
                "Forwarded: for=127.0.0.1;host=other.example;proto=https"
            })
    void no_header_that_rewrites_a_request_opens_a_priced_path(String header) throws IOException {
        assertUnpaid("GET /report HTTP/1.1", header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URL: /report", "X-Rewrite-URL: /report", "X-Forwarded-Prefix: /report"})
    void no_header_leads_from_a_free_page_to_a_priced_one(String header) throws IOException {
        assertUnpaid("GET /free HTTP/1.1", header);
    }

    @Test
    void a_page_that_forwards_to_a_priced_one_is_asked_to_pay() throws IOException {
        assertEquals(402, shop.wire().get("/shortcut").status());
        assertEquals(0, App.RUNS.get());
    }

    private static void assertUnpaid(String... request) throws IOException {
        Wire.Response response = shop.wire().send(request);

        assertEquals(0, App.RUNS.get(), String.join(" | ", request) + " ran a priced handler: " + response.text());
        assertFalse(response.text().contains(App.SECRET), response.text());
    }
}
