package dev.x402.scheme.exact.evm;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** JSON-RPC over HTTP/1.1: one request a batch, bounded answers, deadlines. */
public final class HttpEvmRpc implements EvmRpc {
    private final Map<Network, List<Node>> nodes;

    private HttpEvmRpc(Map<Network, List<Node>> nodes) {
        this.nodes = Map.copyOf(nodes);
    }

    /** A builder that measures deadlines by this clock. */
    public static Builder builder(Clock clock) {
        return new Builder(clock);
    }

    @Override
    public List<Node> nodes(Network network) {
        return nodes.getOrDefault(network, List.of());
    }

    /** The networks and their nodes, without credentials. */
    @Override
    public String toString() {
        return nodes.toString();
    }

    /** Collects nodes. */
    public static final class Builder {
        private static final Duration CONNECT = Duration.ofSeconds(5);

        private final Clock clock;
        private final Map<Network, List<URI>> addresses = new LinkedHashMap<>();
        private Supplier<HttpClient> http = new FirstUse<>(Builder::client);

        private Builder(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
        }

        /**
         * Adds a node of a network; the first is preferred, the others are asked when it fails.
         *
         * @throws IllegalArgumentException when the address is not http or https
         */
        public Builder node(Network network, URI address) {
            String scheme =
                    address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
                throw new IllegalArgumentException(
                        "node of " + network + ": expected an http or https address, saw another");
            }
            addresses.computeIfAbsent(network, n -> new ArrayList<>()).add(address);
            return this;
        }

        /** Uses this client, such as one with a proxy; requests are HTTP/1.1 all the same. */
        public Builder http(HttpClient client) {
            requireNonNull(client, "client");
            this.http = () -> client;
            return this;
        }

        /** The finished port. */
        public HttpEvmRpc build() {
            Map<Network, List<Node>> nodes = new LinkedHashMap<>();
            addresses.forEach((network, list) -> nodes.put(
                    network,
                    list.stream()
                            .<Node>map(address -> new HttpNode(network, address, http, clock))
                            .toList()));
            return new HttpEvmRpc(nodes);
        }

        private static HttpClient client() {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .executor(Runnable::run) // what is done with an answer is small; a hop to a pool costs more
                    .build();
        }
    }

    /** What costs much to make is made when it is needed: a client reads the certificates of the whole world. */
    private static final class FirstUse<T> implements Supplier<T> {
        private final AtomicReference<@Nullable T> made = new AtomicReference<>();
        private final Supplier<T> maker;

        FirstUse(Supplier<T> maker) {
            this.maker = maker;
        }

        @Override
        public T get() {
            T there = made.get();
            if (there != null) {
                return there;
            }
            T fresh = maker.get();
            T first = made.compareAndExchange(null, fresh);
            return first == null ? fresh : first;
        }
    }
}
