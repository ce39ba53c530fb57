package dev.x402.core.seller;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Flow;
import dev.x402.core.seller.WayToPay.Term;
import dev.x402.spec.Json;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A route that is sold and the ways to pay, in the seller's order. */
public final class PricedRoute {
    private final String id;
    private final ResourceInfo resource;
    private final List<WayToPay> ways;
    private final Json.Obj extensions;
    private final Duration quoteFor;

    private PricedRoute(Builder builder) {
        this.id = builder.id;
        this.resource = builder.resource;
        this.ways = builder.ways.stream()
                .map(way -> way.unlessSaid(builder.flow, builder.serveAt, builder.trustUpTo))
                .toList();
        this.extensions = builder.extensions;
        this.quoteFor = builder.quoteFor;
    }

    /** Begins a route whose id is unique within its gate, such as {@code GET /reports/{day}}. */
    public static Builder builder(String id) {
        return new Builder(requireNonNull(id, "id"));
    }

    /** A route that is described by nothing but its id. */
    public static PricedRoute of(String id, WayToPay... ways) {
        Builder builder = builder(id);
        for (WayToPay way : ways) {
            builder.way(way);
        }
        return builder.build();
    }

    /** The id. */
    public String id() {
        return id;
    }

    /** The ways to pay, in order. */
    public List<WayToPay> ways() {
        return ways;
    }

    boolean isComputed() {
        return ways.stream().anyMatch(WayToPay::isComputed);
    }

    Duration quoteFor() {
        return quoteFor;
    }

    Json.Obj extensions() {
        return extensions;
    }

    ResourceInfo resource(String url) {
        return new ResourceInfo(
                url,
                resource.description(),
                resource.mimeType(),
                resource.serviceName(),
                resource.tags(),
                resource.iconUrl(),
                resource.unknown());
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }

    /** Collects a route; not safe for threads. */
    public static final class Builder {
        private final String id;
        private final List<WayToPay> ways = new ArrayList<>();
        private ResourceInfo resource = ResourceInfo.of("");
        private Json.Obj extensions = Json.Obj.EMPTY;
        private Flow flow = Flow.AUTHORIZATION;
        private Duration quoteFor = Duration.ofMinutes(5);
        private @Nullable Stage serveAt;
        private @Nullable Term<Price> trustUpTo;

        private Builder(String id) {
            this.id = id;
        }

        /** Adds a way to pay after those added before. */
        public Builder way(WayToPay way) {
            ways.add(requireNonNull(way, "way"));
            return this;
        }

        /** How the resource is described; its address is replaced by the request's. */
        public Builder resource(ResourceInfo described) {
            resource = requireNonNull(described, "resource");
            return this;
        }

        /** What the challenge declares under {@code extensions}, by key. */
        public Builder extensions(Json.Obj declared) {
            extensions = requireNonNull(declared, "extensions");
            return this;
        }

        /** When the money moves, for ways that do not say; {@link Flow#AUTHORIZATION} unless set. */
        public Builder flow(Flow chosen) {
            flow = requireNonNull(chosen, "flow");
            return this;
        }

        /** How sure the money must be, for ways that do not say; whatever the facilitator calls settled unless set. */
        public Builder serveAt(Stage stage) {
            serveAt = requireNonNull(stage, "stage");
            return this;
        }

        /** Up to how much any settlement is sure enough, for ways that do not say; nothing unless set. */
        public Builder trustUpTo(Price most) {
            trustUpTo = new Term.Constant<>(requireNonNull(most, "most"));
            return this;
        }

        /** The same, as {@link Price#parse} reads it; a text that is no price is a problem of the gate. */
        public Builder trustUpTo(String most) {
            trustUpTo = Term.price(most);
            return this;
        }

        /** How long an offer that was computed is honoured; 5 min unless set, 1 s to 24 h. */
        public Builder quoteFor(Duration length) {
            quoteFor = requireNonNull(length, "length");
            return this;
        }

        /** The route; what is wrong with it is found when the gate is built. */
        public PricedRoute build() {
            return new PricedRoute(this);
        }
    }
}
