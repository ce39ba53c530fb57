package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.RailUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks a rail whether a contract wallet signed, so rarely that nobody floods it.
 *
 * <p>A few at once, a few hundred in a minute, a few for each caller that is known; and not twice for a proof that was
 * refused. Wallets with a key of their own never come here when they signed. Safe for threads.
 */
final class RailChecks {
    static final int EACH_MINUTE = 300;
    static final int OF_A_CALLER = 30;
    private static final int AT_ONCE = 8;
    private static final int REMEMBERED = 4096;
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Boolean> refused = new LinkedHashMap<>();
    private final Map<String, Integer> callers = new LinkedHashMap<>();
    private Instant minute = Instant.MIN;
    private int asked;

    RailChecks(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether the account signed.
     *
     * @throws Unproven when the rail cannot be asked now
     */
    boolean proves(String caller, Accounts accounts, Network network, String account, String text, String signature) {
        String proof = Fingerprint.of(network.toString(), account, text, signature);
        if (!admitted(proof, caller)) {
            return false;
        }
        if (!free.tryAcquire()) {
            throw busy();
        }
        try {
            boolean proven = accounts.proves(
                    network, account, text, signature, clock.instant().plus(WITHIN));
            if (!proven) {
                remember(proof);
            }
            return proven;
        } catch (RailUnavailableException e) {
            throw new Unproven(Codes.VERIFIER, "signature: " + network + " could not be asked; come again");
        } finally {
            free.release();
        }
    }

    /** False for a proof that was refused lately. */
    private boolean admitted(String proof, String caller) {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (Duration.between(minute, now).compareTo(MINUTE) >= 0) {
                minute = now;
                asked = 0;
                callers.clear();
                refused.clear();
            }
            if (refused.containsKey(proof)) {
                return false;
            }
            int ofCaller = caller.isEmpty() ? 0 : callers.merge(caller, 1, Integer::sum);
            if (asked >= EACH_MINUTE || ofCaller > OF_A_CALLER) {
                throw busy();
            }
            asked++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void remember(String proof) {
        lock.lock();
        try {
            if (refused.size() < REMEMBERED) {
                refused.put(proof, true);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Unproven busy() {
        return new Unproven(Codes.VERIFIER, "signature: too many wallets are being looked up; come again in a minute");
    }
}
