package dev.x402.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
    private static final Attempt ATTEMPT = new Attempt(0, Optional.empty(), Optional.empty());

    private static PaymentRequirements offer() {
        return PaymentRequirements.of(
                new Kind("exact", Network.parse("toy:1")), AtomicAmount.of(1), "0xa", "shop", 60, Json.Obj.EMPTY);
    }

    private static Payment payment() {
        return Payment.of(PaymentPayload.of(null, offer(), Json.Obj.EMPTY.with("signature", "PROOF")), offer());
    }

    private static String refusal(Runnable construction) {
        return assertThrows(IllegalArgumentException.class, construction::run).getMessage();
    }

    @Test
    void copies_bytes_on_the_way_in() {
        byte[] content = {1, 2};
        Bytes bytes = Bytes.of(content);

        content[0] = 9;

        assertEquals(Bytes.of(new byte[] {1, 2}), bytes);
    }

    @Test
    void copies_bytes_on_the_way_out() {
        Bytes bytes = Bytes.of(new byte[] {1, 2});

        bytes.toArray()[0] = 9;

        assertEquals(Bytes.of(new byte[] {1, 2}), bytes);
    }

    @Test
    void tells_bytes_by_their_content() {
        assertNotEquals(Bytes.of(new byte[] {1, 2}), Bytes.of(new byte[] {1, 3}));
    }

    @Test
    void prints_the_number_of_bytes_only() {
        assertEquals("2 bytes", Bytes.of(new byte[] {65, 66}).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void refuses_a_payment_key_of_another_length(int length) {
        assertEquals(
                "payment key: expected 1 to 256 characters, saw " + length,
                refusal(() -> new PaymentKey("k".repeat(length))));
    }

    @Test
    void takes_a_payment_key_of_256_characters() {
        assertEquals(256, new PaymentKey("k".repeat(256)).value().length());
    }

    @Test
    void refuses_a_movement_without_attempt() {
        assertEquals("movement 7: expected an attempt, saw none", refusal(() -> new Movement(7, List.of(), List.of())));
    }

    @Test
    void takes_a_movement_without_payment() {
        assertEquals(List.of(), new Movement(7, List.of(), List.of(ATTEMPT)).payments());
    }

    @Test
    void shows_the_newest_attempt_of_a_movement() {
        Attempt second = new Attempt(1, Optional.empty(), Optional.empty());

        assertEquals(second, new Movement(7, List.of(), List.of(ATTEMPT, second)).last());
    }

    @Test
    void copies_the_lists_of_a_movement() {
        List<Attempt> attempts = new ArrayList<>(List.of(ATTEMPT));
        Movement movement = new Movement(7, List.of(), attempts);

        attempts.clear();

        assertEquals(List.of(ATTEMPT), movement.attempts());
    }

    @Test
    void refuses_a_slot_below_zero() {
        assertEquals(
                "sequence: expected 0 or more, saw -1",
                refusal(() -> new Slot(new Lane(Network.parse("toy:1"), "signer"), -1)));
    }

    @Test
    void adds_the_bytes_to_an_attempt_and_keeps_the_rest() {
        Signed signed = new Signed("hash", 1, Bytes.of(new byte[] {1}));
        Slot slot = new Slot(new Lane(Network.parse("toy:1"), "signer"), 3);

        assertEquals(
                new Attempt(2, Optional.of(slot), Optional.of(signed)),
                new Attempt(2, Optional.of(slot), Optional.empty()).with(signed));
    }

    @Test
    void takes_the_kind_of_a_payment_from_the_sellers_terms() {
        PaymentRequirements other = PaymentRequirements.of(
                new Kind("upto", Network.parse("toy:2")), AtomicAmount.of(1), "0xa", "shop", 60, Json.Obj.EMPTY);

        assertEquals(
                new Kind("exact", Network.parse("toy:1")),
                Payment.of(PaymentPayload.of(null, other, Json.Obj.EMPTY), offer())
                        .kind());
    }

    @Test
    void has_an_empty_tenant_where_there_is_one() {
        assertEquals("", payment().tenant());
    }

    @Test
    void prints_a_payment_without_its_proof() {
        assertEquals(-1, payment().toString().indexOf("PROOF"));
    }

    @Test
    void copies_the_reasons_of_a_refusal() {
        Map<PaymentKey, Verification> why = new HashMap<>();
        PaymentKey key = new PaymentKey("k");
        Verification unavailable = new Verification.Unavailable("no answer", Duration.ofSeconds(1));
        why.put(key, unavailable);
        Declined declined = new Declined(why);

        why.clear();

        assertEquals(Map.of(key, unavailable), declined.why());
    }

    @Test
    void copies_the_outcomes_of_a_sighting() {
        List<Outcome> outcomes = new ArrayList<>(List.of(new Outcome.Open()));
        Sighting sighting = new Sighting(Advice.WAIT, Duration.ofSeconds(1), outcomes);

        outcomes.clear();

        assertEquals(List.of(new Outcome.Open()), sighting.outcomes());
    }

    @Test
    void orders_stages_by_how_final_they_are() {
        assertEquals(List.of(Stage.SEEN, Stage.SETTLED, Stage.FINAL), List.of(Stage.values()));
    }
}
