package dev.x402.core.facilitator;

import dev.x402.spi.Advice;
import dev.x402.spi.Lane;
import dev.x402.spi.Lease;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentRow;
import dev.x402.spi.PaymentRow.State;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that makes one mistake. */
final class MistakenStore extends FaultyStore {
    private final Faults faults;
    private final Mistake mistake;
    private final Memory memory;

    /** What the replicas of a mistaken store share. */
    static final class Memory {
        private final Map<Lane, Long> numbers = new HashMap<>();
        private final Map<Long, Lease> newest = new HashMap<>();
    }

    MistakenStore(SettlementStore store, Faults faults, Mistake mistake, Memory memory) {
        super(store, faults);
        this.faults = faults;
        this.mistake = mistake;
        this.memory = memory;
    }

    @Override
    public Optional<PaymentRow> find(PaymentKey key, String binding) {
        return super.find(key, tombstone(binding)).map(row -> as(row, binding));
    }

    @Override
    public PaymentRow claim(PaymentKey key, Payment payment, String binding) {
        if (mistake == Mistake.TOMBSTONE_UNDER_KEY_ALONE) {
            Optional<PaymentRow> tombstone = super.find(key, tombstone(binding));
            if (tombstone.isPresent()) {
                return as(tombstone.get(), binding);
            }
        }
        return super.claim(key, payment, binding);
    }

    @Override
    public PaymentRow reject(PaymentKey key, Payment payment, String binding, Settlement.Rejected why) {
        if (mistake == Mistake.LEAVES_NO_TOMBSTONE) {
            return new PaymentRow(key, payment, binding, State.FAILED, OptionalLong.empty(), Optional.of(why));
        }
        return as(super.reject(key, payment, tombstone(binding), why), binding);
    }

    @Override
    public Optional<Lease> open(List<PaymentKey> keys, Map<Lane, Long> lanes, String owner, Duration ttl) {
        if (mistake == Mistake.LOSES_DECLINED_SLOT) {
            Map<Lane, Long> higher = new HashMap<>();
            lanes.forEach((lane, next) -> higher.put(lane, Math.max(next, memory.numbers.getOrDefault(lane, 0L))));
            return remembered(super.open(keys, higher, owner, ttl));
        }
        if (mistake != Mistake.NUMBERS_OUTSIDE_TRANSACTION || lanes.isEmpty()) {
            return remembered(super.open(keys, lanes, owner, ttl));
        }
        Lane lane = lanes.keySet().stream()
                .min((one, other) -> one.signer().compareTo(other.signer()))
                .orElseThrow();
        long number = Math.max(memory.numbers.getOrDefault(lane, 0L), lanes.get(lane));
        memory.numbers.put(lane, number + 1);
        return faults.call(() -> store.open(keys, Map.of(lane, number), owner, ttl), IllegalStateException::new);
    }

    @Override
    public Optional<Lease> fillGap(String owner, Duration ttl) {
        return mistake == Mistake.NEVER_FILLS_GAPS || mistake == Mistake.LOSES_DECLINED_SLOT
                ? Optional.empty()
                : remembered(super.fillGap(owner, ttl));
    }

    @Override
    public Optional<Lease> lease(long movement, String owner, Duration ttl) {
        return remembered(super.lease(movement, owner, ttl));
    }

    @Override
    public boolean sign(Lease lease, int attempt, Signed signed) {
        return super.sign(fenced(lease), attempt, signed);
    }

    @Override
    public Optional<Movement> renew(Lease lease, Map<Lane, Long> lanes) {
        return super.renew(fenced(lease), lanes);
    }

    @Override
    public boolean decline(Lease lease, Map<PaymentKey, Settlement.Rejected> ended) {
        lease.movement()
                .last()
                .slot()
                .ifPresent(slot -> memory.numbers.merge(slot.lane(), slot.sequence() + 1, Math::max));
        return super.decline(fenced(lease), ended);
    }

    @Override
    public boolean record(Lease lease, Sighting sighting) {
        boolean over = sighting.outcomes().stream()
                .allMatch(outcome -> outcome instanceof Outcome.Failed
                        || (outcome instanceof Outcome.Landed landed && landed.stage() == dev.x402.spi.Stage.FINAL));
        if (mistake == Mistake.CLOSES_ON_OUTCOME && over && !sighting.outcomes().isEmpty()) {
            return super.record(lease, new Sighting(Advice.DONE, sighting.again(), sighting.outcomes()));
        }
        return super.record(fenced(lease), sighting);
    }

    private static PaymentRow as(PaymentRow row, String binding) {
        return row.binding().equals("any")
                ? new PaymentRow(row.key(), row.payment(), binding, row.state(), row.movement(), row.last())
                : row;
    }

    private String tombstone(String binding) {
        return mistake == Mistake.TOMBSTONE_UNDER_KEY_ALONE ? "any" : binding;
    }

    private Optional<Lease> remembered(Optional<Lease> lease) {
        lease.ifPresent(held -> memory.newest.put(held.movement().id(), held));
        return lease;
    }

    private Lease fenced(Lease lease) {
        return mistake == Mistake.NO_FENCE
                ? memory.newest.getOrDefault(lease.movement().id(), lease)
                : lease;
    }
}
