package dev.x402.siwx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void a_seller_and_a_payer_are_set_up() {
        Clock clock = new TestClock();
        Bytes secret = Bytes.of(new byte[32]);
        PaymentKey refunded = new PaymentKey("p1");

        // snippet: use
        PaymentExtension.Store store = InMemoryExtensionStore.of(clock);
        SignInSettings settings = SignInSettings.builder("https://api.example.com")
                .secret(secret)
                .plan("weather", Plan.calls(100).within(Duration.ofDays(30)))
                .plan("article", Plan.forEver().forOneTarget())
                .build();
        Plugins.Builder selling = Plugins.builder()
                .discover()
                .port(PaymentExtension.Store.class, store)
                .port(SignInSettings.class, settings);
        Plugins.Builder paying = Plugins.builder().discover().port(PayerSessions.class, PayerSessions.inMemory());
        SignInDesk.of(store, clock).revoke(refunded);
        // end: use

        Plugins seller = selling.clock(clock).build();
        Plugins payer = paying.clock(clock).build();
        assertEquals(Set.of("sign-in-with-x"), seller.extensionServers().keySet());
        assertEquals(Set.of("sign-in-with-x"), payer.extensionClients().keySet());
        assertEquals(Set.of(), payer.extensionServers().keySet());
        seller.close();
        payer.close();
    }
}
