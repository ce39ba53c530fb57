package dev.x402.spi.plugins;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Preparation;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Sighting;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A scheme whose answers the test chooses; its sides move no money. */
class Toy implements PaymentScheme {
    private final String name;
    private final NetworkPattern networks;
    private Function<SchemeContext, Optional<SchemeClient>> client = context -> Optional.empty();
    private Function<SchemeContext, Optional<SchemeServer>> server = context -> Optional.empty();
    private Function<SchemeContext, Optional<SchemeFacilitator>> facilitator = context -> Optional.empty();

    Toy(String name, String networks) {
        this.name = name;
        this.networks = NetworkPattern.parse(networks);
    }

    Toy client(Function<SchemeContext, Optional<SchemeClient>> side) {
        client = side;
        return this;
    }

    Toy server(Function<SchemeContext, Optional<SchemeServer>> side) {
        server = side;
        return this;
    }

    Toy facilitator(Function<SchemeContext, Optional<SchemeFacilitator>> side) {
        facilitator = side;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NetworkPattern networks() {
        return networks;
    }

    @Override
    public PaymentKey key(Payment payment) {
        return new PaymentKey(payment.kind().toString());
    }

    @Override
    public Optional<SchemeClient> client(SchemeContext context) {
        return client.apply(context);
    }

    @Override
    public Optional<SchemeServer> server(SchemeContext context) {
        return server.apply(context);
    }

    @Override
    public Optional<SchemeFacilitator> facilitator(SchemeContext context) {
        return facilitator.apply(context);
    }

    /** A payer's side that can pay nothing. */
    static class Client implements SchemeClient {
        @Override
        public boolean canPay(PaymentRequirements offer) {
            return false;
        }

        @Override
        public SchemePayload pay(PaymentRequirements offer, PayContext context) {
            throw new UnsupportedOperationException();
        }
    }

    /** A payee's side that adds nothing. */
    static class Server implements SchemeServer {
        @Override
        public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
            return draft;
        }
    }

    /** A facilitator's side that is switched on for some networks. */
    static class Facilitator implements SchemeFacilitator {
        private final String scheme;
        private final Set<Network> networks;

        Facilitator(String scheme, String... networks) {
            this.scheme = scheme;
            this.networks =
                    Set.copyOf(List.of(networks).stream().map(Network::parse).toList());
        }

        @Override
        public Set<Network> networks() {
            return networks;
        }

        @Override
        public SupportedKind kind(Network network) {
            return SupportedKind.of(new Kind(scheme, network));
        }

        @Override
        public List<String> signers(Network network) {
            return List.of();
        }

        @Override
        public Verification verify(Payment payment, Instant by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Preparation prepare(Movement movement, Instant by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void submit(Movement movement, Attempt attempt, Instant by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Sighting observe(Movement movement, Instant by) {
            throw new UnsupportedOperationException();
        }
    }
}
