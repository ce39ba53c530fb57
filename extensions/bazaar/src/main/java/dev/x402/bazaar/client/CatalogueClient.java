package dev.x402.bazaar.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.x402.http.BoundedBody;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.DiscoveredResource;
import dev.x402.spec.DiscoverySearchResponse;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Searches one catalogue over HTTP, and believes nothing but where things are.
 *
 * <p>The catalogue's address is pinned: no redirect is followed. Answers, pages and time are bounded, a cursor that comes
 * again ends the search. What the catalogue filtered is filtered again; the order is that of prices in assets that the
 * payer's plugins know, never of texts. Immutable, safe for threads.
 */
public final class CatalogueClient {
    private static final int ANSWER_LIMIT = 64 * 1024;
    private static final int MOST_ASSETS = 64;
    private static final int MOST_PAGES = 3;
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_CURSOR = 1_024;

    private final URI catalogue;
    private final Plugins plugins;
    private final Clock clock;
    private final HttpClient http;
    private final Duration within;

    private CatalogueClient(Builder builder) {
        catalogue = builder.catalogue;
        plugins = builder.plugins;
        clock = builder.clock;
        within = builder.within;
        http = builder.http.orElseGet(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build());
    }

    /**
     * Begins a client.
     *
     * @param catalogue {@code https}, or {@code http} on the loopback; {@code /discovery/search} stands below its path
     * @param plugins whose assets say what a price is
     * @throws IllegalArgumentException when the address is another
     */
    public static Builder builder(URI catalogue, Plugins plugins, Clock clock) {
        return new Builder(catalogue, plugins, clock);
    }

    /** What may be chosen about a client; not safe for threads. */
    public static final class Builder {
        private final URI catalogue;
        private final Plugins plugins;
        private final Clock clock;
        private Optional<HttpClient> http = Optional.empty();
        private Duration within = Duration.ofSeconds(10);

        private Builder(URI catalogue, Plugins plugins, Clock clock) {
            this.catalogue = Addresses.catalogue(catalogue);
            this.plugins = requireNonNull(plugins, "plugins");
            this.clock = requireNonNull(clock, "clock");
        }

        /**
         * The client to ask with; by default one of its own for HTTP/1.1.
         *
         * @throws IllegalArgumentException when it follows redirects
         */
        public Builder http(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException("http: expected a client that follows no redirect, saw "
                        + client.followRedirects() + "; the catalogue is the one that was chosen");
            }
            http = Optional.of(client);
            return this;
        }

        /** How long a search may take; 10 seconds by default. */
        public Builder within(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("within: expected a time above zero, saw " + limit);
            }
            within = limit;
            return this;
        }

        /** The client; nothing is sent yet. */
        public CatalogueClient build() {
            return new CatalogueClient(this);
        }
    }

    /**
     * Searches for services, asset by asset; name a network where the plugins know many.
     *
     * @throws IllegalArgumentException when no asset of the plugins is counted in the wanted unit
     * @throws InterruptedException when the thread was interrupted
     */
    public Found find(Wanted wanted) throws InterruptedException {
        Instant by = clock.instant().plus(within);
        Search search = new Search(wanted, by);
        try {
            List<Asset> assets = assets(wanted);
            for (Asset asset : assets.subList(0, Math.min(MOST_ASSETS, assets.size()))) {
                search.ask(asset);
            }
            search.partial |= assets.size() > MOST_ASSETS;
        } catch (IOException | MalformedMessageException failure) {
            if (search.found.isEmpty()) {
                return new Found.Unavailable("catalogue " + catalogue + ": " + failure.getMessage());
            }
            search.partial = true;
        }
        return search.result();
    }

    /** The assets that are counted in the wanted unit, on the wanted networks. */
    private List<Asset> assets(Wanted wanted) {
        String unit = wanted.most().unit();
        List<Asset> all = plugins.assets();
        boolean currency = all.stream().anyMatch(asset -> asset.currency().equals(unit));
        List<Asset> counted = all.stream()
                .filter(asset -> (currency ? asset.currency() : asset.symbol()).equals(unit))
                .toList();
        if (counted.isEmpty()) {
            throw new IllegalArgumentException(
                    "most: expected a unit of a known asset such as USD, saw " + wanted.most());
        }
        return counted.stream()
                .filter(asset -> wanted.networks().isEmpty()
                        || wanted.networks().stream()
                                .anyMatch(pattern -> pattern.matches(asset.id().network())))
                .toList();
    }

    private record Name(URI address, String method) {}

    /** One search in the making. */
    private final class Search {
        private final Wanted wanted;
        private final Instant by;
        private final Map<Name, Service> found = new LinkedHashMap<>();
        private boolean partial;

        Search(Wanted wanted, Instant by) {
            this.wanted = wanted;
            this.by = by;
        }

        void ask(Asset asset) throws IOException, InterruptedException {
            Optional<AtomicAmount> most = most(asset);
            if (most.isEmpty()) {
                return;
            }
            Set<String> cursors = new HashSet<>();
            Optional<String> cursor = Optional.empty();
            int taken = 0;
            for (int page = 0; page < MOST_PAGES; page++) {
                DiscoverySearchResponse answer = get(query(asset, most.get(), cursor));
                for (DiscoveredResource resource : answer.resources()) {
                    taken += take(resource, asset, most.get()) ? 1 : 0;
                }
                cursor = Optional.ofNullable(answer.pagination()).flatMap(at -> at.text("cursor"));
                if (cursor.isEmpty() || taken >= wanted.services()) {
                    partial |= cursor.isPresent();
                    return;
                }
                if (cursor.get().length() > LONGEST_CURSOR || !cursors.add(cursor.get())) {
                    break;
                }
            }
            partial = true;
        }

        /** The most in the asset's smallest unit, rounded down; empty where that is nothing. */
        private Optional<AtomicAmount> most(Asset asset) {
            BigInteger atomic = wanted.most()
                    .units()
                    .movePointRight(asset.decimals())
                    .setScale(0, RoundingMode.FLOOR)
                    .toBigInteger();
            return AtomicAmount.find(atomic.toString()).filter(amount -> !amount.isZero());
        }

        private String query(Asset asset, AtomicAmount most, Optional<String> cursor) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("query", wanted.words());
            parameters.put("type", "http");
            parameters.put("method", wanted.method());
            parameters.put("network", asset.id().network().toString());
            parameters.put("asset", asset.id().reference());
            parameters.put("maxAmount", most.toString());
            parameters.put("sort", "price");
            parameters.put("limit", Integer.toString(wanted.services()));
            if (!wanted.tags().isEmpty()) {
                parameters.put("tags", wanted.tags().stream().sorted().collect(Collectors.joining(",")));
            }
            cursor.ifPresent(next -> parameters.put("cursor", next));
            return parameters.entrySet().stream()
                    .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                    .collect(Collectors.joining("&"));
        }

        /** Takes what fits, whatever the catalogue filtered. */
        private boolean take(DiscoveredResource resource, Asset asset, AtomicAmount most) {
            Optional<URI> address = Addresses.service(resource.resource(), Addresses.isLocal(catalogue));
            Optional<PaymentRequirements> offer = resource.accepts().stream()
                    .filter(each -> each.network().equals(asset.id().network())
                            && plugins.canonicalAsset(each.network(), each.asset())
                                    .filter(asset.id().reference()::equals)
                                    .isPresent()
                            && each.amount().compareTo(most) <= 0)
                    .min(Comparator.comparing(PaymentRequirements::amount));
            String method = method(resource).orElse("GET");
            if (!resource.type().equals("http")
                    || address.isEmpty()
                    || offer.isEmpty()
                    || !method.equals(wanted.method())) {
                return false;
            }
            Service service = new Service(
                    address.get(),
                    method,
                    offer.get(),
                    asset,
                    text(resource, "serviceName"),
                    text(resource, "description"));
            found.merge(
                    new Name(address.get(), method),
                    service,
                    (one, other) -> one.price().compareTo(other.price()) <= 0 ? one : other);
            return true;
        }

        Found result() {
            List<Service> ranked = found.values().stream()
                    .sorted(Comparator.comparing(Service::price)
                            .thenComparing(service -> service.address().toString())
                            .thenComparing(service -> service.offer().network()))
                    .toList();
            boolean more = ranked.size() > wanted.services();
            return new Found.Services(more ? ranked.subList(0, wanted.services()) : ranked, partial || more);
        }

        private DiscoverySearchResponse get(String query) throws IOException, InterruptedException {
            Duration left = Duration.between(clock.instant(), by);
            if (left.isNegative() || left.isZero()) {
                throw new IOException("expected an answer within " + within + ", saw none");
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(catalogue + "/discovery/search?" + query))
                    .timeout(left)
                    .header("Accept", "application/json")
                    .build();
            CompletableFuture<HttpResponse<byte[]>> asked = http.sendAsync(request, BoundedBody.handler(ANSWER_LIMIT));
            try {
                HttpResponse<byte[]> answer = asked.get(left.toNanos(), TimeUnit.NANOSECONDS);
                if (answer.statusCode() != 200) {
                    throw new IOException("expected status 200, saw " + answer.statusCode());
                }
                return Codec.DISCOVERY_SEARCH_RESPONSE.read(answer.body());
            } catch (TimeoutException late) {
                throw new IOException("expected an answer within " + within + ", saw none", late);
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof IOException io ? io : new IOException("no answer", failed);
            } finally {
                asked.cancel(true);
            }
        }
    }

    private static Optional<String> method(DiscoveredResource resource) {
        Optional<String> listed =
                object(resource.unknown().find("metadata")).flatMap(metadata -> metadata.text("method"));
        return listed.or(() -> Optional.ofNullable(resource.extensions())
                .flatMap(extensions -> object(extensions.find("bazaar")))
                .flatMap(bazaar -> object(bazaar.find("info")))
                .flatMap(info -> object(info.find("input")))
                .flatMap(input -> input.text("method")));
    }

    private static Optional<Json.Obj> object(Optional<Json> json) {
        return json.filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
    }

    private static String text(DiscoveredResource resource, String name) {
        String text = resource.unknown().text(name).orElse("");
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
