package dev.x402.core.facilitator;

import java.util.OptionalLong;
import java.util.TreeSet;

/** The sequence numbers of one lane: which are in use, which came back, which comes next. */
final class LaneBook {
    private final TreeSet<Long> used = new TreeSet<>();
    private final TreeSet<Long> free = new TreeSet<>();
    private long next;

    int load() {
        return used.size();
    }

    /** Takes the lowest free number, else the next one; numbers that the rail has passed are gone. */
    long take(long confirmedNext) {
        free.headSet(confirmedNext).clear();
        Long lowest = free.pollFirst();
        long sequence = lowest != null ? lowest : Math.max(next, confirmedNext);
        next = Math.max(next, sequence + 1);
        used.add(sequence);
        return sequence;
    }

    /** Takes the lowest free number that holds up one in use. */
    OptionalLong takeGap() {
        if (free.isEmpty() || used.isEmpty() || free.first() > used.last()) {
            return OptionalLong.empty();
        }
        long gap = free.first();
        free.remove(gap);
        used.add(gap);
        return OptionalLong.of(gap);
    }

    /** The number was used up on the rail. */
    void usedUp(long sequence) {
        used.remove(sequence);
    }

    /** Nothing was ever signed for the number: it may be taken again. */
    void giveBack(long sequence) {
        used.remove(sequence);
        free.add(sequence);
    }
}
