package dev.x402.bazaar;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.time.Instant;
import java.util.List;

/**
 * A priced resource as its own origin offered it.
 *
 * <p>Texts are plain and bounded, but still a stranger's: write them as text, never as markup.
 *
 * @param key what it is listed under
 * @param url the address that was asked; of a template one that fits it, whose values may be a payer's: not to be shown
 * @param name of the service; empty when it says none
 * @param description for people; empty when it says none
 * @param tags at most a few, each {@code [A-Za-z0-9 ._-]}
 * @param iconUrl over https, at a name and not a number; empty when there is none. Fetch it by a proxy or not at all
 * @param mimeType of the answer; empty when it says none
 * @param accepts the offers of the last challenge; never empty
 * @param declaration the origin's declaration, valid against its own schema
 * @param source how it was first heard of
 * @param health what the last probes saw
 * @param listed when it was first proven
 * @param seen when it was last proven
 * @param next when it is to be looked at again
 * @param misses probes in a row that proved nothing
 */
public record Listing(
        Key key,
        String url,
        String name,
        String description,
        List<String> tags,
        String iconUrl,
        String mimeType,
        List<PaymentRequirements> accepts,
        Json.Obj declaration,
        Source source,
        Health health,
        Instant listed,
        Instant seen,
        Instant next,
        int misses) {
    public Listing {
        requireNonNull(key, "key");
        requireNonNull(url, "url");
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        tags = List.copyOf(tags);
        requireNonNull(iconUrl, "iconUrl");
        requireNonNull(mimeType, "mimeType");
        accepts = List.copyOf(accepts);
        requireNonNull(declaration, "declaration");
        requireNonNull(source, "source");
        requireNonNull(health, "health");
        requireNonNull(listed, "listed");
        requireNonNull(seen, "seen");
        requireNonNull(next, "next");
    }

    /**
     * One resource, called in one way.
     *
     * @param type {@code http} or {@code mcp}
     * @param operation the method, or the name of the tool: many tools share an address
     * @param resource origin and path, of a template {@code https://host/users/:id}; without query and fragment
     */
    public record Key(String type, String operation, String resource) {
        public Key {
            requireNonNull(type, "type");
            requireNonNull(operation, "operation");
            requireNonNull(resource, "resource");
        }

        /** Type, operation and resource, with spaces between. */
        @Override
        public String toString() {
            return type + ' ' + operation + ' ' + resource;
        }
    }

    /** How a listing was first heard of; the proof is the same. */
    public enum Source {
        /** Somebody paid for it. */
        PAYMENT,
        /** Somebody named its address. */
        ADDRESS
    }

    /** What the last probes saw. */
    public enum Health {
        /** The last probe proved it. */
        LIVE,
        /** The last probe proved nothing; an earlier one did. */
        FAILING,
        /** A tombstone: its origin no longer sells it, or was silent for too long. */
        GONE
    }
}
