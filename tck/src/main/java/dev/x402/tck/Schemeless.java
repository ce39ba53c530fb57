package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentScheme;

/** What is judged and brings no scheme. */
interface Schemeless extends SchemeFixture {
    /** What the report says of it. */
    Subject subject();

    @Override
    default PaymentScheme scheme() {
        throw none();
    }

    @Override
    default PaymentRequirements offer() {
        throw none();
    }

    @Override
    default String payer() {
        throw none();
    }

    @Override
    default String stranger() {
        throw none();
    }

    @Override
    default AtomicAmount balance(String account) {
        throw none();
    }

    @Override
    default void fund(String account, AtomicAmount amount) {
        throw none();
    }

    private static RuntimeException none() {
        return Unjudged.notApplicable("the plugin brings no scheme");
    }
}
