package dev.x402.siwx;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A port: where people sign in, and what their payments buy; immutable. */
public final class SignInSettings {
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_STATEMENT = 256;

    private final Origin origin;
    private final List<Bytes> secrets;
    private final Map<String, Plan> plans;
    private final List<Network> networks;
    private final Optional<String> statement;
    private final Duration challengeFor;
    private final Duration sessionFor;
    private final Duration rotateAfter;
    private final boolean boundSessions;
    private final Optional<Identity> identity;

    private SignInSettings(Builder builder, Origin origin) {
        this.origin = origin;
        secrets = List.copyOf(builder.secrets);
        plans = Map.copyOf(builder.plans);
        networks = List.copyOf(builder.networks);
        statement = builder.statement;
        challengeFor = builder.challengeFor;
        sessionFor = builder.sessionFor;
        rotateAfter = builder.rotateAfter;
        boundSessions = builder.boundSessions;
        identity = builder.identity;
    }

    /**
     * Begins settings for the origin that clients visit, never taken from a request.
     *
     * @param origin such as {@code https://api.example.com}
     */
    public static Builder builder(String origin) {
        return new Builder(requireNonNull(origin, "origin"));
    }

    Origin origin() {
        return origin;
    }

    List<Bytes> secrets() {
        return secrets;
    }

    Optional<Plan> plan(String route) {
        return Optional.ofNullable(plans.get(route));
    }

    List<Network> networks() {
        return networks;
    }

    Optional<String> statement() {
        return statement;
    }

    Duration challengeFor() {
        return challengeFor;
    }

    Duration sessionFor() {
        return sessionFor;
    }

    Duration rotateAfter() {
        return rotateAfter;
    }

    boolean boundSessions() {
        return boundSessions;
    }

    Optional<Identity> identity() {
        return identity;
    }

    /** The origin and the routes; nothing of the secrets. */
    @Override
    public String toString() {
        return "sign-in at " + origin + " for " + plans.keySet();
    }

    /** Collects settings; not safe for threads. */
    public static final class Builder {
        private final String origin;
        private final List<Bytes> secrets = new ArrayList<>();
        private final Map<String, Plan> plans = new LinkedHashMap<>();
        private final List<Network> networks = new ArrayList<>();
        private Optional<String> statement = Optional.empty();
        private Duration challengeFor = Duration.ofMinutes(5);
        private Duration sessionFor = Duration.ofHours(24);
        private Duration rotateAfter = Duration.ofHours(1);
        private boolean boundSessions;
        private Optional<Identity> identity = Optional.empty();

        private Builder(String origin) {
            this.origin = origin;
        }

        /**
         * Adds a key that nonces are known by; the first makes new ones, the others are former ones.
         *
         * @param key 32 random bytes or more, the same on every server of this origin
         */
        public Builder secret(Bytes key) {
            secrets.add(requireNonNull(key, "key"));
            return this;
        }

        /** What a payment for this route buys; routes without a plan are paid each time. */
        public Builder plan(String route, Plan plan) {
            plans.put(requireNonNull(route, "route"), requireNonNull(plan, "plan"));
            return this;
        }

        /** Adds a network to sign in on; unless said, those that the route can be paid on. */
        public Builder network(Network network) {
            networks.add(requireNonNull(network, "network"));
            return this;
        }

        /** What the wallet shows to its owner; one line of printable ASCII, up to 256 characters. */
        public Builder statement(String text) {
            statement = Optional.of(text);
            return this;
        }

        /** How long a challenge may be answered; 5 min unless set, 10 s to 15 min. */
        public Builder challengeFor(Duration length) {
            challengeFor = requireNonNull(length, "length");
            return this;
        }

        /** How long a session lasts; 24 h unless set, 1 min to 90 days. */
        public Builder sessionFor(Duration length) {
            sessionFor = requireNonNull(length, "length");
            return this;
        }

        /** After what time a session gets another token; 1 h unless set, 1 s or more. */
        public Builder rotateAfter(Duration length) {
            rotateAfter = requireNonNull(length, "length");
            return this;
        }

        /** Gives sessions only to clients that show a key with each request; else each client may choose. */
        public Builder boundSessions() {
            boundSessions = true;
            return this;
        }

        /** Who asks, where payers have no wallet; its sign-ins get a session like any other. */
        public Builder identity(Identity source) {
            identity = Optional.of(source);
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public SignInSettings build() {
            List<String> problems = new ArrayList<>();
            Optional<Origin> found = Optional.empty();
            try {
                found = Optional.of(Origin.configured(origin));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
            if (secrets.isEmpty() || secrets.stream().anyMatch(key -> key.size() < SECRET_BYTES)) {
                problems.add("secret: expected one or more of " + SECRET_BYTES + " bytes, saw "
                        + (secrets.isEmpty() ? "none" : "a shorter one"));
            }
            if (plans.isEmpty()) {
                problems.add("plan: expected one for a route, saw none");
            }
            statement
                    .filter(text -> text.isEmpty()
                            || text.length() > LONGEST_STATEMENT
                            || text.chars().anyMatch(c -> c < ' ' || c > '~'))
                    .ifPresent(text -> problems.add("statement: expected one line of 1 to " + LONGEST_STATEMENT
                            + " printable ASCII characters, saw another text"));
            between(problems, "challengeFor", challengeFor, Duration.ofSeconds(10), Duration.ofMinutes(15));
            between(problems, "sessionFor", sessionFor, Duration.ofMinutes(1), Duration.ofDays(90));
            between(problems, "rotateAfter", rotateAfter, Duration.ofSeconds(1), Duration.ofDays(90));
            if (!problems.isEmpty() || found.isEmpty()) {
                throw new IllegalArgumentException("sign-in: " + String.join("; ", problems));
            }
            return new SignInSettings(this, found.get());
        }

        private static void between(List<String> problems, String name, Duration seen, Duration least, Duration most) {
            if (seen.compareTo(least) < 0 || seen.compareTo(most) > 0) {
                problems.add(name + ": expected " + least + " to " + most + ", saw " + seen);
            }
        }

        /** The origin; nothing of the secrets. */
        @Override
        public String toString() {
            return "settings for " + origin;
        }
    }
}
