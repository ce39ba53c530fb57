package dev.x402.tck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Settlement;
import dev.x402.tck.reference.Flaw;
import dev.x402.tck.reference.LedgerFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class KitFacilitatorTest {
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    /** The same object, but that something else happens before each verification. */
    private <T> T interrupted(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (method.getName().equals("verify")) {
                meanwhile.getAndSet(() -> {}).run();
            }
            try {
                Object result = method.invoke(real, given);
                return result instanceof Optional<?> side && side.orElse(null) instanceof SchemeFacilitator made
                        ? Optional.of(interrupted(SchemeFacilitator.class, made))
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Test
    void who_verifies_while_another_settles_is_told_what_the_other_is() {
        TckEnvironment env = new TckEnvironment("X402-SETTLE-05", 402, Optional.empty());
        Bench bench = new Bench(env, new LedgerFixture(env, Flaw.NONE) {
            @Override
            public PaymentScheme scheme() {
                return interrupted(PaymentScheme.class, super.scheme());
            }
        });
        Payment payment = bench.pay();
        meanwhile.set(() -> bench.settle(payment));
        assertInstanceOf(Settlement.Settled.class, bench.facilitator().settle(payment, bench.by()));
    }
}
