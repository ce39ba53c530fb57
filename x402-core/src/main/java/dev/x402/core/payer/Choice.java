package dev.x402.core.payer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a policy made of the offers.
 *
 * @param preferred the offers that may be paid, the best first; the next is tried when the budget refuses one
 * @param why for each candidate, why it stands where it stands or why it is refused
 */
public record Choice(List<Candidate> preferred, Map<Candidate, String> why) {
    public Choice {
        preferred = List.copyOf(preferred);
        why = Collections.unmodifiableMap(new LinkedHashMap<>(why));
    }
}
