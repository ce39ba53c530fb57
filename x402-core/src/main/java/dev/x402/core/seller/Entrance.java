package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentKey;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to run the handler once for access that was bought before.
 *
 * <p>Ends once; closing without having served gives the use back. Safe for threads.
 */
public final class Entrance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Access.Granted granted;
    private final AtomicBoolean ended = new AtomicBoolean();

    Entrance(Access.Granted granted) {
        this.granted = granted;
    }

    /** The key of the payment that bought the access. */
    public PaymentKey key() {
        return granted.key();
    }

    /** The account that paid. */
    public String payer() {
        return granted.account();
    }

    /** To send beside the response, by name; never to be logged. */
    public Map<String, String> answers() {
        return granted.answers();
    }

    /** The visitor got what was bought. */
    public void served() {
        end(true);
    }

    /** Gives the use back, unless it was served. */
    @Override
    public void close() {
        end(false);
    }

    private void end(boolean served) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            granted.pass().ended(served);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("the end of a visit could not be noted: {}", Fault.of(e));
        }
    }

    /** The account; nothing of the answers. */
    @Override
    public String toString() {
        return "entrance of " + payer();
    }
}
