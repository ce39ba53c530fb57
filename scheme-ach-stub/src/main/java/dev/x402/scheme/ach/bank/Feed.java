package dev.x402.scheme.ach.bank;

import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.Event;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** What the bank has to tell and nobody confirmed; guarded by the bank's lock. */
final class Feed {
    private final TreeMap<Long, Event> events = new TreeMap<>();
    private long last;

    long tell(Event.Kind kind, Entry entry, String code, Instant at) {
        last++;
        events.put(last, new Event(last, kind, entry.trace(), entry.mandate(), entry.account(), code, at));
        return last;
    }

    List<Event> after(long number, int limit) {
        return events.tailMap(number, false).values().stream().limit(limit).toList();
    }

    void acknowledge(long number) {
        events.headMap(number, true).clear();
    }

    int size() {
        return events.size();
    }
}
