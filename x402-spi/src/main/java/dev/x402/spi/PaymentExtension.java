package dev.x402.spi;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An extension of the protocol, with up to three sides (x402 v2, section 5: {@code extensions}).
 *
 * <p>Found by {@link java.util.ServiceLoader}; constructing it does no I/O. A side is empty when the extension does not
 * have it or when a port that it needs was not given. Sides get immutable values and return, never change: what they
 * return is written under the extension's own key, and neither prices nor another's members can be reached from there.
 */
public interface PaymentExtension {
    /** The key in {@code extensions}: {@code [A-Za-z0-9._-]{1,64}}. */
    String key();

    /** The payer's side. */
    default Optional<ClientSide> client(Context context) {
        return Optional.empty();
    }

    /** The seller's side. */
    default Optional<ServerSide> server(Context context) {
        return Optional.empty();
    }

    /** The facilitator's side. */
    default Optional<FacilitatorSide> facilitator(Context context) {
        return Optional.empty();
    }

    /** What the application hands to an extension. */
    interface Context extends SchemeContext {
        /** The one spelling of an account; empty when the text is no account of this network. */
        Optional<String> canonicalAccount(Network network, String account);

        /** How accounts of this network are proven, by the first scheme that can. */
        Optional<PaymentScheme.Accounts> accounts(Network network);
    }

    /** Answers declarations, and shows proofs that may make a payment unnecessary; safe for threads. */
    interface ClientSide extends AutoCloseable {
        /** What the payer answers to a declaration; the server's members win over it. */
        default Optional<Json> answer(Json declared, PaymentRequirements chosen) {
            return Optional.empty();
        }

        /** Proofs to send with the first request to this address, by name; no I/O. */
        default Map<String, String> present(String url) {
            return Map.of();
        }

        /**
         * Proofs that answer a challenge instead of a payment, by name; empty: pay.
         *
         * <p>Asked at most once for a request. May sign, for the origin of this address alone.
         */
        default Map<String, String> prove(String url, PaymentRequired challenge, Instant by) {
            return Map.of();
        }

        /** The names of the answers that {@link #received} wants to see. */
        default Set<String> answers() {
            return Set.of();
        }

        /** Answers that came from this address beside a response, by name. */
        default void received(String url, Map<String, String> answers) {}

        /** Does nothing unless overridden; never throws. */
        @Override
        default void close() {}
    }

    /**
     * Declares, lets in who paid before, and refuses payments; safe for threads.
     *
     * <p>Of an extension that the challenge does not declare, {@link #refuse}, {@link #reserve} and {@link #contribute}
     * are not asked.
     */
    interface ServerSide extends AutoCloseable {
        /** Members of {@code info} that are new in every challenge; a comparison of echoes leaves them out. */
        default Set<String> dynamicInfo() {
            return Set.of();
        }

        /** What the challenge declares; throwing leaves the challenge without it, and payments wait until it does not. */
        default Optional<Json> declare(Visit visit, List<PaymentRequirements> offers) {
            return visit.declared();
        }

        /** The names of the proofs that {@link #enter} reads, over HTTP those of headers. */
        default Set<String> proofs() {
            return Set.of();
        }

        /** Whether a visitor without a payment may enter, asked when one of the proofs came; throwing lets nobody in. */
        default Access enter(Visit visit) {
            return new Access.Unknown();
        }

        /**
         * Why this payment is refused as it is, before anything of it is looked up; writes nothing.
         *
         * <p>Throwing asks the payer to come again later, with the same payment.
         */
        default Optional<Refusal> refuse(Visit visit, PaymentPayload payload) {
            return Optional.empty();
        }

        /**
         * The same of a payment that was verified; may write, and happens again for the identical payment.
         *
         * <p>Throwing asks the payer to come again later, with the same payment.
         */
        default Optional<Refusal> reserve(Visit visit, PaymentPayload payload) {
            return Optional.empty();
        }

        /**
         * Hears that money moved, came nearer to final, or went back.
         *
         * <p>At least once for each change, before the change is written down as known; throwing brings it again.
         */
        default void became(Sale sale) {}

        /** What a settlement adds to the receipt, where the payer echoed the declaration. */
        default Optional<Json> contribute(Payment payment, Json echoed, Settlement now) {
            return Optional.empty();
        }

        /** Does nothing unless overridden; never throws. */
        @Override
        default void close() {}
    }

    /** Looks at payments that were verified or settled, and answers beside the facilitator; safe for threads. */
    interface FacilitatorSide extends AutoCloseable {
        /**
         * What is answered under the key in {@code EXTENSION-RESPONSES}; quick, without I/O.
         *
         * @param echoed what the payload says under the key; not trusted
         * @param settled false where the payment was merely verified
         */
        Optional<Json> answer(Payment payment, Json echoed, boolean settled);

        /** Does nothing unless overridden; never throws. */
        @Override
        default void close() {}
    }

    /**
     * A request for a priced resource.
     *
     * @param tenant whose resource it is, empty where there is one seller
     * @param method of the request
     * @param route id of the route as the server matched it
     * @param template path of the route such as {@code /reports/{day}}; empty where the transport has none
     * @param parameters values of the template's names, as they were matched
     * @param target what the request names within the route
     * @param bodyDigest digest of the body; empty when there is none, or when it was not read
     * @param caller who asks, as far as the server knows
     * @param resource at the configured origin
     * @param declared what the route says under the key; after the challenge was made, what that says
     * @param proofs those that came, by the names that were asked for; never to be logged
     */
    record Visit(
            String tenant,
            String method,
            String route,
            String template,
            Map<String, String> parameters,
            String target,
            String bodyDigest,
            String caller,
            ResourceInfo resource,
            Optional<Json> declared,
            Map<String, String> proofs) {
        public Visit {
            requireNonNull(tenant, "tenant");
            requireNonNull(method, "method");
            requireNonNull(route, "route");
            requireNonNull(template, "template");
            parameters = Map.copyOf(parameters);
            requireNonNull(target, "target");
            requireNonNull(bodyDigest, "bodyDigest");
            requireNonNull(caller, "caller");
            requireNonNull(resource, "resource");
            requireNonNull(declared, "declared");
            proofs = Map.copyOf(proofs);
        }

        /** This visit with another declaration. */
        public Visit withDeclared(Optional<Json> changed) {
            return new Visit(
                    tenant, method, route, template, parameters, target, bodyDigest, caller, resource, changed, proofs);
        }

        /** The request; nothing of its proofs. */
        @Override
        public String toString() {
            return method + " " + route;
        }
    }

    /** Whether a visitor may enter without paying. */
    sealed interface Access {
        /** Nothing was shown that this extension knows. */
        record Unknown() implements Access {}

        /**
         * Access was bought before.
         *
         * @param key of the payment that bought it
         * @param account who paid
         * @param answers to send beside the response, by name; never to be logged
         * @param pass told once what became of the request
         */
        record Granted(PaymentKey key, String account, Map<String, String> answers, Pass pass) implements Access {
            public Granted {
                requireNonNull(key, "key");
                requireNonNull(account, "account");
                answers = Map.copyOf(answers);
                requireNonNull(pass, "pass");
            }

            /** The account; nothing of the answers. */
            @Override
            public String toString() {
                return "granted to " + account;
            }
        }

        /**
         * What was shown does not let in: payment is asked, with this code.
         *
         * @param code for the payer's program
         * @param message for people; nothing of the proof
         * @param answers to send beside the challenge, by name; never to be logged
         */
        record Denied(ErrorCode code, String message, Map<String, String> answers) implements Access {
            public Denied {
                requireNonNull(code, "code");
                requireNonNull(message, "message");
                answers = Map.copyOf(answers);
            }

            /** The code; nothing of the answers. */
            @Override
            public String toString() {
                return "denied: " + code;
            }
        }
    }

    /** One use of what was bought. */
    @FunctionalInterface
    interface Pass {
        /** Called once: whether the visitor got what was bought; false gives the use back. */
        void ended(boolean served);
    }

    /**
     * Why a payment is refused before money moves.
     *
     * @param conflict whether it contradicts an earlier one, over HTTP 409; else it is malformed, 400
     * @param code for the payer's program
     * @param message for people: the field, what was expected and what was seen
     */
    record Refusal(boolean conflict, ErrorCode code, String message) {
        public Refusal {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }
    }

    /**
     * What became of a payment for a route.
     *
     * @param tenant whose resource was sold
     * @param route id of the route as the server matched it
     * @param key of the payment
     * @param payment as it was settled
     * @param now settled at some stage, or reversed: its receipt alone says who paid
     */
    record Sale(String tenant, String route, PaymentKey key, Payment payment, Settlement now) {
        public Sale {
            requireNonNull(tenant, "tenant");
            requireNonNull(route, "route");
            requireNonNull(key, "key");
            requireNonNull(payment, "payment");
            requireNonNull(now, "now");
        }

        /** The key, the route and what is known; nothing of the payment. */
        @Override
        public String toString() {
            return "sale of " + route + " by " + key;
        }
    }

    /**
     * What extensions remember: small values that end, compared before they are changed.
     *
     * <p>Given as a port. Each method is one transaction, durable when it returns; one that throws may have happened.
     * Bounded: a full store refuses new keys and never drops a live one. Time is the store's.
     */
    interface Store {
        /** The longest name of a key, in characters. */
        int LONGEST_KEY = 256;

        /** The largest value, in bytes. */
        int LARGEST_VALUE = 16 * 1024;

        /** The value, until it ends. */
        Optional<Bytes> find(String space, String key);

        /**
         * Writes a value if nobody changed it meanwhile.
         *
         * @param space {@code [a-z0-9-]{1,32}}, one or more of each extension
         * @param key at most {@link #LONGEST_KEY} characters
         * @param seen what {@link #find} answered; empty: only if there is none
         * @param next at most {@link #LARGEST_VALUE} bytes; empty: remove it
         * @param until when it ends; nothing for a removal
         * @throws IllegalArgumentException when space, key or value are over their bounds
         */
        Written write(String space, String key, Optional<Bytes> seen, Optional<Bytes> next, Instant until);

        /** What came of writing. */
        enum Written {
            /** The value is the next one. */
            DONE,
            /** The value is not what was seen: look again. */
            CHANGED,
            /** There is no room for another key. */
            FULL
        }
    }
}
