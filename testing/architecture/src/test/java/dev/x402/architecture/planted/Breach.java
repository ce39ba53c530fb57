package dev.x402.architecture.planted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.x402.architecture.planted.helpers.SomethingManager;
import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemePayload;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Breaks every rule once, so that each rule is seen to work. */
public class Breach {
    static final AtomicInteger COUNT = new AtomicInteger();
    static final int[] TABLE = {1};
    static String last = "";

    public int open;
    final double ratio = 0.5;

    public JsonNode tree() {
        throw new IllegalStateException(SomethingManager.class + last + ratio);
    }

    public int getTotal() {
        return TABLE[0];
    }

    List<Float> rounded() {
        return List.of();
    }

    String clocks() {
        return "" + Instant.now() + System.currentTimeMillis() + Clock.systemUTC();
    }

    String random() {
        return "" + new SecureRandom() + UUID.randomUUID();
    }

    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    void prints() {
        System.out.println(COUNT);
    }

    ServiceLoader<Runnable> loads() {
        return ServiceLoader.load(Runnable.class);
    }

    synchronized void locked() {
        last = "changed";
    }

    SchemePayload pays(SchemeClient client, PaymentRequirements offer, PayContext context) {
        return client.pay(offer, context);
    }

    byte[] signs(EvmSigner signer, byte[] digest) {
        return signer.sign(digest);
    }
}
