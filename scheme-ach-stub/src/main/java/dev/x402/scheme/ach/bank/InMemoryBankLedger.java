package dev.x402.scheme.ach.bank;

import dev.x402.scheme.ach.AchGateway.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The books in memory: they grow with the accounts and with the items that are not forgotten. */
public final class InMemoryBankLedger implements BankLedger {
    private final Object lock = new Object();
    private final Map<String, Long> balances = new HashMap<>();
    private final Map<String, Item> items = new HashMap<>();
    private final Map<String, Set<String>> byId = new HashMap<>();
    private final TreeSet<Due> agenda =
            new TreeSet<>(Comparator.comparing(Due::next).thenComparing(Due::name));

    /** Empty books. */
    public InMemoryBankLedger() {}

    @Override
    public long balance(String account) {
        synchronized (lock) {
            return balances.getOrDefault(account, 0L);
        }
    }

    @Override
    public void post(List<Line> lines) {
        synchronized (lock) {
            book(lines);
        }
    }

    @Override
    public boolean add(Item item) {
        synchronized (lock) {
            if (items.putIfAbsent(item.name(), item) != null) {
                return false;
            }
            byId.computeIfAbsent(item.entry().endToEndId(), same -> new LinkedHashSet<>())
                    .add(item.name());
            agenda.add(new Due(item.next(), item.name()));
            return true;
        }
    }

    @Override
    public boolean replace(Item seen, Item next, List<Line> lines) {
        synchronized (lock) {
            if (!seen.equals(items.get(seen.name())) || !seen.name().equals(next.name())) {
                return false;
            }
            book(lines);
            items.put(next.name(), next);
            agenda.remove(new Due(seen.next(), seen.name()));
            agenda.add(new Due(next.next(), next.name()));
            return true;
        }
    }

    @Override
    public void remove(Item item) {
        synchronized (lock) {
            if (items.remove(item.name(), item)) {
                agenda.remove(new Due(item.next(), item.name()));
                byId.computeIfPresent(item.entry().endToEndId(), (id, names) -> {
                    names.remove(item.name());
                    return names.isEmpty() ? null : names;
                });
            }
        }
    }

    @Override
    public Optional<Item> item(String name) {
        synchronized (lock) {
            return Optional.ofNullable(items.get(name));
        }
    }

    @Override
    public List<Item> items(String endToEndId) {
        synchronized (lock) {
            return byId.getOrDefault(endToEndId, Set.of()).stream()
                    .map(items::get)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    @Override
    public Optional<Item> due(Instant now) {
        synchronized (lock) {
            return agenda.isEmpty() || agenda.first().next().isAfter(now)
                    ? Optional.empty()
                    : Optional.ofNullable(items.get(agenda.first().name()));
        }
    }

    @Override
    public List<Item> waiting() {
        synchronized (lock) {
            return items.values().stream()
                    .filter(item -> item.state() == State.TAKEN)
                    .toList();
        }
    }

    @Override
    public int size() {
        synchronized (lock) {
            return items.size();
        }
    }

    /** What all accounts have together: 0, always. */
    public long total() {
        synchronized (lock) {
            return balances.values().stream().reduce(0L, Math::addExact);
        }
    }

    private void book(List<Line> lines) {
        long sum = 0;
        Map<String, Long> changed = new HashMap<>();
        for (Line line : lines) {
            sum = Math.addExact(sum, line.cents());
            changed.merge(line.account(), line.cents(), Math::addExact);
        }
        if (sum != 0) {
            throw new IllegalArgumentException("lines: expected a sum of 0, saw " + sum);
        }
        changed.replaceAll((account, change) -> Math.addExact(balances.getOrDefault(account, 0L), change));
        balances.putAll(changed);
    }

    private record Due(Instant next, String name) {}
}
