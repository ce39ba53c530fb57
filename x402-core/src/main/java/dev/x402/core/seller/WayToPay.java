package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Flow;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spi.Stage;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One way to pay for a route; price, asset and payee are constant or functions of the request. */
public final class WayToPay {
    private static final int DEFAULT_TIMEOUT_SECONDS = 300;

    private final Kind kind;
    private final Term<Price> price;
    private final Term<String> payTo;
    private final @Nullable Term<String> asset;
    private final int maxTimeoutSeconds;
    private final Json.Obj extra;
    private final @Nullable Flow flow;
    private final @Nullable Stage serveAt;
    private final @Nullable Term<Price> trustUpTo;

    private WayToPay(Builder builder, Term<Price> price, Term<String> payTo) {
        this.kind = builder.kind;
        this.price = price;
        this.payTo = payTo;
        this.asset = builder.asset;
        this.maxTimeoutSeconds = builder.maxTimeoutSeconds;
        this.extra = builder.extra;
        this.flow = builder.flow;
        this.serveAt = builder.serveAt;
        this.trustUpTo = builder.trustUpTo;
    }

    private WayToPay(WayToPay way, Flow flow, @Nullable Stage serveAt, @Nullable Term<Price> trustUpTo) {
        this.kind = way.kind;
        this.price = way.price;
        this.payTo = way.payTo;
        this.asset = way.asset;
        this.maxTimeoutSeconds = way.maxTimeoutSeconds;
        this.extra = way.extra;
        this.flow = flow;
        this.serveAt = serveAt;
        this.trustUpTo = trustUpTo;
    }

    /** Begins a way to pay by this scheme on this network. */
    public static Builder by(Kind kind) {
        return new Builder(requireNonNull(kind, "kind"));
    }

    Kind kind() {
        return kind;
    }

    Term<Price> price() {
        return price;
    }

    Term<String> payTo() {
        return payTo;
    }

    /** Empty: the network's default asset. */
    Optional<Term<String>> asset() {
        return Optional.ofNullable(asset);
    }

    int maxTimeoutSeconds() {
        return maxTimeoutSeconds;
    }

    /** What was said, and the flow unless it is the ordinary one. */
    Json.Obj extra() {
        return flow == null || flow == Flow.AUTHORIZATION ? extra : extra.with(Flow.MEMBER, flow.word());
    }

    boolean namesFlowByHand() {
        return extra.find(Flow.MEMBER).isPresent();
    }

    Optional<Flow> flow() {
        return Optional.ofNullable(flow);
    }

    /** How sure the money must be before the response goes out. */
    Stage serveAt() {
        return serveAt == null ? Stage.SEEN : serveAt;
    }

    /** Up to how much any settlement is sure enough; empty: nothing is, or the text is no price. */
    Optional<Price> trustUpTo() {
        return trustUpTo instanceof Term.Constant<Price> constant ? Optional.of(constant.value()) : Optional.empty();
    }

    /** What is wrong with the trust. */
    Optional<String> distrust() {
        if (trustUpTo instanceof Term.Unreadable<Price> unreadable) {
            return Optional.of("trustUpTo: " + unreadable.problem());
        }
        return trustUpTo != null && serveAt == null
                ? Optional.of(
                        "trustUpTo: expected beside a stage that larger payments wait for, saw none; add serveAt(…)")
                : Optional.empty();
    }

    /** This way, as the route has it where this does not say. */
    WayToPay unlessSaid(Flow ofRoute, @Nullable Stage served, @Nullable Term<Price> trusted) {
        return new WayToPay(
                this,
                flow == null ? ofRoute : flow,
                serveAt == null ? served : serveAt,
                trustUpTo == null ? trusted : trustUpTo);
    }

    /** Whether the request decides over a term. */
    boolean isComputed() {
        return price instanceof Term.Computed || payTo instanceof Term.Computed || asset instanceof Term.Computed;
    }

    /** The scheme and network. */
    @Override
    public String toString() {
        return kind.toString();
    }

    /** A member of an offer: the same for every request, or computed. */
    sealed interface Term<T> {
        record Constant<T>(T value) implements Term<T> {}

        /** A constant that nobody can read; a problem of the gate. */
        record Unreadable<T>(String problem) implements Term<T> {}

        record Computed<T>(Function<ResourceRequest, ? extends T> function) implements Term<T> {}

        static Term<Price> price(String text) {
            try {
                return new Constant<>(Price.parse(text));
            } catch (IllegalArgumentException e) {
                return new Unreadable<>(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Collects a way to pay; not safe for threads. */
    public static final class Builder {
        private final Kind kind;
        private @Nullable Term<Price> price;
        private @Nullable Term<String> payTo;
        private @Nullable Term<String> asset;
        private int maxTimeoutSeconds = DEFAULT_TIMEOUT_SECONDS;
        private Json.Obj extra = Json.Obj.EMPTY;
        private @Nullable Flow flow;
        private @Nullable Stage serveAt;
        private @Nullable Term<Price> trustUpTo;

        private Builder(Kind kind) {
            this.kind = kind;
        }

        /** The price of every request. */
        public Builder price(Price constant) {
            price = new Term.Constant<>(requireNonNull(constant, "price"));
            return this;
        }

        /**
         * The price of every request, as {@link Price#parse} reads it, such as {@code $0.01}.
         *
         * <p>A text that is no price is a problem of the gate, found with all others when it is built.
         */
        public Builder price(String constant) {
            price = Term.price(constant);
            return this;
        }

        /**
         * The price by request, such as by its size, its model, or who asks.
         *
         * <p>The answer is a quote: honoured for this request until it ends, whatever the function says then. A function
         * that throws, returns null or what cannot be paid exactly is 500 with an incident; the handler does not run.
         */
        public Builder price(Function<ResourceRequest, ? extends Price> function) {
            price = new Term.Computed<>(requireNonNull(function, "price"));
            return this;
        }

        /** The payee's account or role. */
        public Builder payTo(String constant) {
            payTo = new Term.Constant<>(requireNonNull(constant, "payTo"));
            return this;
        }

        /** The payee by request, such as of a marketplace; quoted and honoured with the price. */
        public Builder payTo(Function<ResourceRequest, String> function) {
            payTo = new Term.Computed<>(requireNonNull(function, "payTo"));
            return this;
        }

        /**
         * The asset: token address, mint, ISO 4217 code, or the symbol of an asset that is known on the network.
         *
         * <p>The network's default asset when not said.
         */
        public Builder asset(String constant) {
            asset = new Term.Constant<>(requireNonNull(constant, "asset"));
            return this;
        }

        /** The asset by request. */
        public Builder asset(Function<ResourceRequest, String> function) {
            asset = new Term.Computed<>(requireNonNull(function, "asset"));
            return this;
        }

        /** How long a payment may take; 300 s unless said. */
        public Builder maxTimeoutSeconds(int seconds) {
            maxTimeoutSeconds = seconds;
            return this;
        }

        /** Members of {@code extra} beside those that the scheme adds. */
        public Builder extra(Json.Obj members) {
            extra = requireNonNull(members, "extra");
            return this;
        }

        /** When the money moves; the route's flow unless said. */
        public Builder flow(Flow chosen) {
            flow = requireNonNull(chosen, "flow");
            return this;
        }

        /**
         * How sure the money must be before the response goes out; the route's stage unless said.
         *
         * <p>Money that is less sure is pending: the response is kept, and goes out to the identical request once the
         * rail is so far. Money that can never go back is sure from the start.
         */
        public Builder serveAt(Stage stage) {
            serveAt = requireNonNull(stage, "stage");
            return this;
        }

        /** Up to how much the response goes out for any settlement, however sure; nothing unless said. */
        public Builder trustUpTo(Price most) {
            trustUpTo = new Term.Constant<>(requireNonNull(most, "most"));
            return this;
        }

        /** The same, as {@link Price#parse} reads it; a text that is no price is a problem of the gate. */
        public Builder trustUpTo(String most) {
            trustUpTo = Term.price(most);
            return this;
        }

        /**
         * The way to pay.
         *
         * @throws IllegalStateException when price or payee was not said
         */
        public WayToPay build() {
            if (price == null || payTo == null) {
                throw new IllegalStateException(
                        "way to pay by " + kind + ": expected a price and a payTo, saw " + seen());
            }
            return new WayToPay(this, price, payTo);
        }

        private String seen() {
            return price == null ? (payTo == null ? "neither" : "no price") : "no payTo";
        }
    }
}
