package dev.x402.tck;

import dev.x402.spi.Payment;
import java.time.Instant;

/**
 * The kit's hands on a rail; each method but {@link #tick} belongs to a {@link Capability}.
 *
 * <p>Override those whose capability the fixture claims.
 */
public interface RailControl {
    /** Time passed: the rail processes what was sent, as it does by itself. */
    default void tick(Instant now) {}

    /** Keeps what is sent from landing until {@link #release}; time still passes. {@link Capability#HOLDS}. */
    default void hold() {
        throw new UnsupportedOperationException("hold");
    }

    /** Lets land what was held. {@link Capability#HOLDS}. */
    default void release() {
        throw new UnsupportedOperationException("release");
    }

    /** Loses what was sent and has not landed; sending it again works. {@link Capability#DROPS}. */
    default void drop() {
        throw new UnsupportedOperationException("drop");
    }

    /** Lands this transaction of those held, and no other. {@link Capability#REPLACES}. */
    default void land(String reference) {
        throw new UnsupportedOperationException("land");
    }

    /** Somebody else's transaction moves exactly this payment's money, at once. {@link Capability#STRANGERS}. */
    default void strangerSettles(Payment payment) {
        throw new UnsupportedOperationException("strangerSettles");
    }

    /** The payer's right is used up, at once, and the payee gets nothing. {@link Capability#BURNS}. */
    default void strangerBurns(Payment payment) {
        throw new UnsupportedOperationException("strangerBurns");
    }

    /** The next sending reaches the rail, and its answer does not arrive. {@link Capability#LOST_ANSWERS}. */
    default void loseNextAnswer() {
        throw new UnsupportedOperationException("loseNextAnswer");
    }

    /** While on, the rail cannot be asked. {@link Capability#OUTAGES}. */
    default void outage(boolean on) {
        throw new UnsupportedOperationException("outage");
    }

    /**
     * Returns a payment that landed; nothing happens the second time, nor once it is final. {@link Capability#REVERSES}.
     *
     * @throws IllegalStateException when the rail says that it is too late, or done
     */
    default void reverse(String reference) {
        throw new UnsupportedOperationException("reverse");
    }

    /** Makes a landed transaction vanish that is not final yet; it may land again. {@link Capability#REORGANISES}. */
    default void reorganise(String reference) {
        throw new UnsupportedOperationException("reorganise");
    }
}
