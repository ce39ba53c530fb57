package dev.x402.scheme.ach.bank;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Prefunded money that is put aside for a payment for a while; guarded by the bank's lock. */
final class Holds {
    private final Map<String, Map<String, Hold>> byAccount = new HashMap<>();

    /** What is put aside of an account for other payments than this one. */
    long others(String account, String id, Instant now) {
        Map<String, Hold> holds = byAccount.getOrDefault(account, Map.of());
        long sum = 0;
        for (Map.Entry<String, Hold> hold : holds.entrySet()) {
            if (!hold.getKey().equals(id) && now.isBefore(hold.getValue().until())) {
                sum = Math.addExact(sum, hold.getValue().cents());
            }
        }
        return sum;
    }

    void put(String account, String id, long cents, Instant until, Instant now) {
        Map<String, Hold> holds = byAccount.computeIfAbsent(account, same -> new HashMap<>());
        holds.values().removeIf(hold -> !now.isBefore(hold.until()));
        holds.put(id, new Hold(cents, until));
    }

    void release(String account, String id) {
        byAccount.computeIfPresent(account, (same, holds) -> {
            holds.remove(id);
            return holds.isEmpty() ? null : holds;
        });
    }

    private record Hold(long cents, Instant until) {}
}
