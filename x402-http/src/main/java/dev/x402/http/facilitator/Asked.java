package dev.x402.http.facilitator;

import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers which settlements were asked, which of them settled, and who was to pay.
 *
 * <p>A facilitator that keeps no memory of its own refuses a payment that it is asked for twice (expired, no funds)
 * although the money moved: its refusal proves nothing while another asking is under way, after one that ended unknown,
 * and after one that settled. Bounded: the oldest is forgotten first.
 */
final class Asked {
    private static final int CAPACITY = 16_384;
    private static final int LONGEST_PAYER = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Bytes, Integer> open = bounded();
    private final Map<Bytes, Settlement.Settled> settled = bounded();
    private final Map<Bytes, String> payers = bounded();

    /** Whom the facilitator called the payer when it called the payment valid. */
    void verified(Bytes payment, String payer) {
        if (payer.isEmpty() || payer.length() > LONGEST_PAYER) {
            return;
        }
        lock.lock();
        try {
            payers.put(payment, payer);
        } finally {
            lock.unlock();
        }
    }

    /** Whether money of somebody else is said to have moved; accounts that differ in case alone are one. */
    boolean isOfAnother(Bytes payment, Settlement answer) {
        Receipt receipt;
        if (answer instanceof Settlement.Settled now) {
            receipt = now.receipt();
        } else if (answer instanceof Settlement.Reversed reversed) {
            receipt = reversed.receipt();
        } else {
            return false;
        }
        lock.lock();
        try {
            String verified = payers.get(payment);
            return verified != null
                    && !receipt.payer().isEmpty()
                    && !receipt.payer().equalsIgnoreCase(verified);
        } finally {
            lock.unlock();
        }
    }

    /** Before it is sent. */
    void begin(Bytes payment) {
        lock.lock();
        try {
            open.merge(payment, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody else asks or asked without learning the outcome; asked of a payment that has begun. */
    boolean alone(Bytes payment) {
        lock.lock();
        try {
            return Integer.valueOf(1).equals(open.get(payment)) && !settled.containsKey(payment);
        } finally {
            lock.unlock();
        }
    }

    /** What an answer means beside what is remembered. */
    Settlement end(Bytes payment, Settlement answer) {
        lock.lock();
        try {
            return ended(payment, answer);
        } finally {
            lock.unlock();
        }
    }

    private Settlement ended(Bytes payment, Settlement answer) {
        if (answer instanceof Settlement.Settled now) {
            open.remove(payment);
            remember(payment, now);
            return now;
        }
        if (answer instanceof Settlement.Reversed) {
            open.remove(payment);
            settled.remove(payment);
            return answer;
        }
        Settlement.Settled before = settled.get(payment);
        if (before != null) {
            open.remove(payment);
            return before;
        }
        if (answer instanceof Settlement.Pending pending) {
            return pending.started() ? pending : notStarted(payment, pending);
        }
        open.remove(payment);
        return answer;
    }

    private Settlement.Pending notStarted(Bytes payment, Settlement.Pending pending) {
        Integer others = open.computeIfPresent(payment, (same, times) -> times == 1 ? null : times - 1);
        return others == null ? pending : new Settlement.Pending(pending.reference(), true, pending.retryAfter());
    }

    /** What was only seen may still vanish; what settled can only be reversed, which its facilitator says. */
    private void remember(Bytes payment, Settlement.Settled now) {
        if (now.stage() == Stage.SEEN) {
            open.put(payment, 1);
            return;
        }
        Receipt receipt = now.receipt();
        String payer = receipt.payer().length() > LONGEST_PAYER ? "" : receipt.payer();
        settled.put(
                payment,
                new Settlement.Settled(
                        new Receipt(receipt.reference(), payer, receipt.amount(), Json.Obj.EMPTY), now.stage()));
    }

    /** Names a payment by whose it is and by what is sent. */
    static Bytes name(Payment payment, byte[] request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(digest.digest(payment.tenant().getBytes(StandardCharsets.UTF_8)));
            return Bytes.of(digest.digest(request));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java has it", e);
        }
    }

    private static <T> Map<Bytes, T> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Bytes, T> eldest) {
                return size() > CAPACITY;
            }
        };
    }
}
