package dev.x402.http.server;

import dev.x402.http.Answer;
import dev.x402.spi.Bytes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * An answer that goes out as its handler makes it.
 *
 * <p>For money that moved before, or access that was bought before. Ends once, by {@link #delivered} or {@link #failed}, whichever comes first. Safe for threads.
 */
public final class Delivery {
    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private final Runnable delivered;
    private final Runnable failed;
    private final UnaryOperator<Answer> receipted;
    private final AtomicBoolean ended = new AtomicBoolean();

    Delivery(Runnable delivered, Runnable failed, UnaryOperator<Answer> receipted) {
        this.delivered = delivered;
        this.failed = failed;
        this.receipted = receipted;
    }

    /** The headers to send before the first byte: the handler's, ours, and nothing that a shared cache keeps. */
    public List<Answer.Header> headers(int status, List<Answer.Header> ofHandler) {
        return receipted.apply(new Answer(status, ofHandler, NOTHING)).headers();
    }

    /** The answer went out whole; a repeat of the request is told that it is not kept. */
    public void delivered() {
        if (ended.compareAndSet(false, true)) {
            delivered.run();
        }
    }

    /** The handler failed or the client went away; the identical request runs the handler again, uncharged. */
    public void failed() {
        if (ended.compareAndSet(false, true)) {
            failed.run();
        }
    }

    /** Delivered by a status below 400 other than 304, which bring nothing that was bought; else failed. */
    public void ended(int status) {
        if (brings(status)) {
            delivered();
        } else {
            failed();
        }
    }

    static boolean brings(int status) {
        return status < 400 && status != 304;
    }
}
