package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.PaymentPayload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a priced resource, free of any transport.
 *
 * <p>Tenant, method, route, target and body digest bind the payment to the request: the same payment for another of
 * them is refused.
 *
 * @param tenant whose resource it is, empty where there is one seller; decided by the server, never by the payer
 * @param method of the request, such as {@code GET}
 * @param route id of the {@link PricedRoute} that was matched
 * @param target what the request names within the route: path and query as they were matched
 * @param bodyDigest digest of the request's body; empty when there is no body
 * @param url of the resource, from the configured origin, never from a header
 * @param caller who asks, as far as the server knows; a quote is for one caller, a payment for whoever brings it
 * @param presented the payment that came with the request
 * @param attributes what price functions may look at, by type
 */
public record ResourceRequest(
        String tenant,
        String method,
        String route,
        String target,
        String bodyDigest,
        String url,
        String caller,
        Presented presented,
        Map<Class<?>, Object> attributes) {
    public ResourceRequest {
        requireNonNull(tenant, "tenant");
        requireNonNull(method, "method");
        requireNonNull(route, "route");
        requireNonNull(target, "target");
        requireNonNull(bodyDigest, "bodyDigest");
        requireNonNull(url, "url");
        requireNonNull(caller, "caller");
        requireNonNull(presented, "presented");
        attributes = Map.copyOf(attributes);
    }

    /** A request without tenant, body and payment. */
    public static ResourceRequest of(String method, String route, String target, String url) {
        return new ResourceRequest("", method, route, target, "", url, "", new Presented.None(), Map.of());
    }

    /** This request of a tenant's resource. */
    public ResourceRequest withTenant(String changed) {
        return new ResourceRequest(changed, method, route, target, bodyDigest, url, caller, presented, attributes);
    }

    /** This request with the digest of its body. */
    public ResourceRequest withBodyDigest(String changed) {
        return new ResourceRequest(tenant, method, route, target, changed, url, caller, presented, attributes);
    }

    /** This request of a caller that the server knows, such as by an account. */
    public ResourceRequest withCaller(String changed) {
        return new ResourceRequest(tenant, method, route, target, bodyDigest, url, changed, presented, attributes);
    }

    /** This request with a payment. */
    public ResourceRequest withPayment(PaymentPayload payload) {
        return withPresented(new Presented.Payment(payload));
    }

    /** This request with what the transport made of the payment. */
    public ResourceRequest withPresented(Presented changed) {
        return new ResourceRequest(tenant, method, route, target, bodyDigest, url, caller, changed, attributes);
    }

    /** This request with a value that price functions find by its type. */
    public <T> ResourceRequest withAttribute(Class<T> type, T value) {
        Map<Class<?>, Object> changed = new LinkedHashMap<>(attributes);
        changed.put(type, value);
        return new ResourceRequest(tenant, method, route, target, bodyDigest, url, caller, presented, changed);
    }

    ResourceRequest withoutAttributes() {
        return new ResourceRequest(tenant, method, route, target, bodyDigest, url, caller, presented, Map.of());
    }

    /** The attribute of this type. */
    public <T> Optional<T> attribute(Class<T> type) {
        return Optional.ofNullable(attributes.get(type)).map(type::cast);
    }

    /**
     * Where the request was matched, as an attribute.
     *
     * @param template path of the route, such as {@code /reports/{day}}
     * @param parameters values of the template's names
     */
    public record Place(String template, Map<String, String> parameters) {
        static final Place NONE = new Place("", Map.of());

        public Place {
            requireNonNull(template, "template");
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * The proofs that came, as an attribute, by the names that {@link PaymentGate#proofs} asks for.
     *
     * @param byName never to be logged
     */
    public record Proofs(Map<String, String> byName) {
        public Proofs {
            byName = Map.copyOf(byName);
        }

        /** The names; nothing of the proofs. */
        @Override
        public String toString() {
            return "proofs " + byName.keySet();
        }
    }

    /** The payment that came with a request, as far as the transport could read it. */
    public sealed interface Presented {
        /** No payment came. */
        record None() implements Presented {}

        /**
         * A payment came and has the form of one.
         *
         * @param payload as decoded; nothing in it is trusted
         */
        record Payment(PaymentPayload payload) implements Presented {
            public Payment {
                requireNonNull(payload, "payload");
            }
        }

        /**
         * Something came that is no payment.
         *
         * @param code such as {@code invalid_payload} or {@code invalid_x402_version}
         * @param message for people: the field, what was expected and what was seen
         */
        record Malformed(ErrorCode code, String message) implements Presented {
            public Malformed {
                requireNonNull(code, "code");
                requireNonNull(message, "message");
            }
        }
    }
}
