package dev.x402.tck.stamp;

import java.util.Set;

/** One thing that the store does wrong on request, and the rules that find it: just these. */
public enum StoreFlaw {
    NONE,
    EMPTY_IS_NONE("X402-STORE-01"),
    KEYS_IGNORE_CASE("X402-STORE-02"),
    WRITES_AND_SAYS_CHANGED("X402-STORE-03"),
    THE_LOST_IS_WRITTEN_ANEW("X402-STORE-04"),
    REMOVES_TWICE("X402-STORE-05"),
    FOUND_A_SECOND_LATE("X402-STORE-06"),
    WRITES_IGNORE_THE_END("X402-STORE-07"),
    FIRST_END_COUNTS("X402-STORE-08"),
    SPACES_JOINED("X402-STORE-09"),
    BOUNDS_UNCHECKED("X402-STORE-10"),
    LOOKS_THEN_PUTS("X402-STORE-11"),
    COMPARES_THEN_PUTS("X402-STORE-12"),
    EVICTS("X402-STORE-13"),
    CHANGES_NEED_ROOM("X402-STORE-14"),
    INSTANCES_APART("X402-STORE-15");

    private final Set<String> killedBy;

    StoreFlaw(String... killedBy) {
        this.killedBy = Set.of(killedBy);
    }

    public Set<String> killedBy() {
        return killedBy;
    }
}
