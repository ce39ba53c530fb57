package dev.x402.core.facilitator;

import dev.x402.spi.Lane;
import dev.x402.spi.Lease;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementEvent;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A store behind a bad line: commits fail before and after, and callers are killed or paused at every call. */
class FaultyStore implements SettlementStore {
    final SettlementStore store;
    private final Faults faults;

    FaultyStore(SettlementStore store, Faults faults) {
        this.store = store;
        this.faults = faults;
    }

    private <T> T call(Supplier<T> effect) {
        return faults.call(effect, () -> new IllegalStateException("store: connection lost"));
    }

    @Override
    public Optional<PaymentRow> find(PaymentKey key, String binding) {
        return call(() -> store.find(key, binding));
    }

    @Override
    public PaymentRow claim(PaymentKey key, Payment payment, String binding) {
        return call(() -> store.claim(key, payment, binding));
    }

    @Override
    public PaymentRow reject(PaymentKey key, Payment payment, String binding, Settlement.Rejected why) {
        return call(() -> store.reject(key, payment, binding, why));
    }

    @Override
    public Optional<Lease> open(List<PaymentKey> keys, Map<Lane, Long> lanes, String owner, Duration ttl) {
        return call(() -> store.open(keys, lanes, owner, ttl));
    }

    @Override
    public Optional<Lease> fillGap(String owner, Duration ttl) {
        return call(() -> store.fillGap(owner, ttl));
    }

    @Override
    public Optional<Lease> lease(long movement, String owner, Duration ttl) {
        return call(() -> store.lease(movement, owner, ttl));
    }

    @Override
    public boolean sign(Lease lease, int attempt, Signed signed) {
        return call(() -> store.sign(lease, attempt, signed));
    }

    @Override
    public Optional<Movement> renew(Lease lease, Map<Lane, Long> lanes) {
        return call(() -> store.renew(lease, lanes));
    }

    @Override
    public boolean decline(Lease lease, Map<PaymentKey, Settlement.Rejected> ended) {
        return call(() -> store.decline(lease, ended));
    }

    @Override
    public boolean record(Lease lease, Sighting sighting) {
        return call(() -> store.record(lease, sighting));
    }

    @Override
    public void release(Lease lease, Duration lookAgain) {
        call(() -> {
            store.release(lease, lookAgain);
            return true;
        });
    }

    @Override
    public Duration rest(long movement) {
        return call(() -> store.rest(movement));
    }

    @Override
    public List<Long> due(int limit) {
        return call(() -> store.due(limit));
    }

    @Override
    public List<PaymentRow> queued(int limit) {
        return call(() -> store.queued(limit));
    }

    @Override
    public List<SettlementEvent> events(int limit) {
        return call(() -> store.events(limit));
    }

    @Override
    public void delivered(List<Long> events) {
        call(() -> {
            store.delivered(events);
            return true;
        });
    }
}
