package dev.x402.bazaar;

import dev.x402.spec.PaymentRequirements;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What waits to be probed: bounded in all and for each origin, and nothing twice; safe for threads. */
final class Candidates {
    private static final int MOST = 1_024;
    private static final int MOST_OF_AN_ORIGIN = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Candidate> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> origins = new HashMap<>();

    /**
     * What a payment says is sold.
     *
     * @param id the resource and its payee
     * @param paid whether an offer is the one that was paid: same kind, same payee
     */
    record Candidate(String id, Probe.Subject subject, Predicate<PaymentRequirements> paid) {}

    /** Takes it in; false when there is no room. */
    boolean offer(Candidate candidate) {
        String origin = candidate.subject().target().origin();
        lock.lock();
        try {
            if (waiting.containsKey(candidate.id())) {
                return true;
            }
            if (waiting.size() >= MOST || origins.getOrDefault(origin, 0) >= MOST_OF_AN_ORIGIN) {
                return false;
            }
            waiting.put(candidate.id(), candidate);
            origins.merge(origin, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out so many at most, in the order in which they came. */
    List<Candidate> take(int most) {
        lock.lock();
        try {
            List<Candidate> taken = waiting.values().stream().limit(most).toList();
            for (Candidate candidate : taken) {
                waiting.remove(candidate.id());
                origins.computeIfPresent(
                        candidate.subject().target().origin(), (origin, count) -> count == 1 ? null : count - 1);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
