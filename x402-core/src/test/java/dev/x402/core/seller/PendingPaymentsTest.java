package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Coin;
import dev.x402.core.market.Time;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingPaymentsTest {
    private final Time time = new Time();
    private final PendingPayments pending = new PendingPayments(time, 2);

    private static Walk walk(String nonce) {
        Walk walk = new Walk(Shop.request().withAttribute(String.class, "held by the transport"));
        walk.presented(Payment.of(Coin.payment(Shop.OFFER, nonce), Shop.OFFER), true);
        walk.named(new PaymentKey(nonce));
        return walk;
    }

    private List<String> due() {
        return pending.due().stream()
                .map(Walk::key)
                .map(Optional::orElseThrow)
                .map(PaymentKey::value)
                .toList();
    }

    @Test
    void the_oldest_goes_when_there_are_too_many() {
        for (String nonce : List.of("1", "2", "3")) {
            pending.remember(walk(nonce), Duration.ZERO);
        }
        assertEquals(List.of("2", "3"), due());
    }

    @Test
    void one_payment_is_remembered_once_with_its_last_hint() {
        pending.remember(walk("1"), Duration.ZERO);
        pending.remember(walk("1"), Duration.ofSeconds(5));
        assertEquals(List.of(), due());
        assertEquals(1, pending.size());
        time.pass(Duration.ofSeconds(5));
        assertEquals(List.of("1"), due());
    }

    @Test
    void nothing_of_the_transport_is_held() {
        pending.remember(walk("1"), Duration.ZERO);
        assertEquals(Map.of(), pending.due().get(0).request().attributes());
    }
}
