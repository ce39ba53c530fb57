package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to {@code GET /supported} (x402 v2, section 7.3).
 *
 * @param kinds of version 2
 * @param otherKinds of other versions or unreadable, as they came: skipped, never an error
 * @param extensions keys of the extensions that the facilitator knows
 * @param signers accounts that the facilitator signs with, by network or family
 * @param unknown members that this version does not know
 */
public record SupportedResponse(
        List<SupportedKind> kinds,
        List<Json> otherKinds,
        List<String> extensions,
        Map<NetworkPattern, List<String>> signers,
        Json.Obj unknown) {
    public SupportedResponse {
        kinds = List.copyOf(kinds);
        otherKinds = List.copyOf(otherKinds);
        extensions = List.copyOf(extensions);
        Map<NetworkPattern, List<String>> copied = new LinkedHashMap<>();
        signers.forEach((pattern, accounts) -> copied.put(pattern, List.copyOf(accounts)));
        signers = Collections.unmodifiableMap(copied);
        requireNonNull(unknown, "unknown");
    }

    /** The kind of this scheme and network, if served. */
    public Optional<SupportedKind> find(Kind kind) {
        return kinds.stream().filter(served -> served.kind().equals(kind)).findFirst();
    }
}
