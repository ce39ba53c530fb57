package dev.x402.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.PaymentExtension.Visit;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
    private static final Visit VISIT = visit("", "GET", "report", "/report", "");

    private static Visit visit(String tenant, String method, String route, String target, String body) {
        return new Visit(
                tenant,
                method,
                route,
                "/report",
                Map.of(),
                target,
                body,
                "somebody",
                ResourceInfo.of("https://seller.example/report"),
                Optional.empty(),
                Map.of());
    }

    private static Fingerprint of(Visit visit, Json.Obj proof) {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", Network.parse("toy:one")), AtomicAmount.of(1), "gold", "bob", 60, Json.Obj.EMPTY);
        return Fingerprint.of(visit, PaymentPayload.of(null, offer, proof));
    }

    @Test
    void the_order_of_members_and_the_spelling_of_numbers_do_not_count() {
        Json.Obj one = Json.object().put("a", 100).put("b", "x").build();
        Json.Obj other = Json.object()
                .put("b", "x")
                .put("a", new Json.Num(new BigDecimal("1e2")))
                .build();
        assertEquals(of(VISIT, one), of(VISIT, other));
    }

    @Test
    void everything_else_of_proof_and_request_counts() {
        List<Json> values = List.of(
                Json.Null.NULL,
                Json.of(true),
                Json.of(false),
                Json.of(""),
                Json.of("null"),
                Json.of("true"),
                Json.of(0),
                Json.of(1),
                Json.of("1"),
                new Json.Num(new BigDecimal("1e999999999")),
                new Json.Num(new BigDecimal("1e-999999999")),
                Json.array(),
                Json.array(Json.array()),
                Json.array(Json.of("1"), Json.of("2")),
                Json.array(Json.of("12")),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY.with("a", Json.of(1)));
        Set<Fingerprint> all = new HashSet<>();
        values.forEach(value -> all.add(of(VISIT, Json.Obj.EMPTY.with("v", value))));
        all.add(of(VISIT, Json.Obj.EMPTY));
        List.of(
                        visit("t", "GET", "report", "/report", ""),
                        visit("", "POST", "report", "/report", ""),
                        visit("", "GET", "other", "/report", ""),
                        visit("", "GET", "report", "/report?x", ""),
                        visit("", "GET", "report", "/report", "digest"),
                        visit("", "GETreport", "", "/report", ""))
                .forEach(visit -> all.add(of(visit, Json.Obj.EMPTY)));
        assertEquals(values.size() + 7, all.size());
    }

    @Test
    void who_asks_does_not_count() {
        Visit elsewhere = new Visit(
                "",
                "GET",
                "report",
                "/report",
                Map.of(),
                "/report",
                "",
                "another address",
                ResourceInfo.of("https://seller.example/report"),
                Optional.empty(),
                Map.of("X", "proof"));
        assertEquals(of(VISIT, Json.Obj.EMPTY), of(elsewhere, Json.Obj.EMPTY));
        assertNotEquals(of(VISIT, Json.Obj.EMPTY), of(VISIT, Json.Obj.EMPTY.with("a", "b")));
    }
}
