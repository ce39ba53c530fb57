package dev.x402.bazaar.catalogue;

import java.util.Arrays;
import java.util.List;

/** The slots whose listings have one term, in ascending order. */
final class Postings {
    private int[] slots = new int[4];
    private int size;

    int size() {
        return size;
    }

    void add(int slot) {
        int at = size == 0 || slots[size - 1] < slot ? -size - 1 : Arrays.binarySearch(slots, 0, size, slot);
        if (at >= 0) {
            return;
        }
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size + (size >> 1));
        }
        System.arraycopy(slots, -at - 1, slots, -at, size + at + 1);
        slots[-at - 1] = slot;
        size++;
    }

    void remove(int slot) {
        int at = Arrays.binarySearch(slots, 0, size, slot);
        if (at >= 0) {
            System.arraycopy(slots, at + 1, slots, at, size - at - 1);
            size--;
        }
    }

    /** The slots of all of these. */
    static Postings union(List<Postings> all) {
        Postings union = new Postings();
        all.stream()
                .flatMapToInt(each -> Arrays.stream(each.slots, 0, each.size))
                .sorted()
                .forEach(union::add);
        return union;
    }

    /** A walk from the last slot to the first. */
    Walk walk() {
        return new Walk();
    }

    /** Goes down the slots, in leaps where many are left out. */
    final class Walk {
        private int at = size - 1;

        /** The slot here; −1 at the end. */
        int slot() {
            return at < 0 ? -1 : slots[at];
        }

        /** Goes to the last slot that is not above this one. */
        int downTo(int most) {
            if (at < 0 || slots[at] <= most) {
                return slot();
            }
            int leap = 1;
            int above = at;
            while (above - leap >= 0 && slots[above - leap] > most) {
                above -= leap;
                leap <<= 1;
            }
            int low = Math.max(-1, above - leap);
            // slots[above] > most, and slots[low] <= most where there is one
            while (above - low > 1) {
                int middle = (above + low) >>> 1;
                if (slots[middle] > most) {
                    above = middle;
                } else {
                    low = middle;
                }
            }
            at = low;
            return slot();
        }
    }
}
