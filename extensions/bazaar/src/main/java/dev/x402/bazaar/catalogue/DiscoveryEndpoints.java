package dev.x402.bazaar.catalogue;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Fault;
import dev.x402.http.Answer;
import dev.x402.http.Endpoint;
import dev.x402.http.IncomingRequest;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Asset;
import dev.x402.spi.Bytes;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.plugins.Plugins;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /discovery/resources} and {@code /discovery/search} over a catalogue (x402 v2, section 8), and its page.
 *
 * <p>Everybody may ask, from every origin. {@code type}, {@code method}, {@code network}, {@code scheme}, {@code asset}
 * with {@code minAmount} and {@code maxAmount}, {@code payTo}, {@code extensions}, {@code tags}, {@code category},
 * {@code provider} and {@code query} narrow what is found, {@code sort} orders it, {@code limit} with {@code offset} or
 * {@code cursor} pages through it; what is malformed is answered by 400 naming the parameter. A page ends earlier where
 * it would be larger than 64 KiB. Safe for threads.
 */
public final class DiscoveryEndpoints implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryEndpoints.class);
    private static final String ROOT = "/discovery";
    private static final int MOST_ASSETS = 256;

    private final CatalogueStore store;
    private final Plugins plugins;
    private final Cursors cursors;
    private final String prefix;
    private final String caching;
    private final Map<String, Function<IncomingRequest, Answer>> paths;
    private final AtomicLong incidents = new AtomicLong();

    private DiscoveryEndpoints(Builder builder) {
        store = builder.store;
        plugins = builder.plugins;
        cursors = new Cursors(builder.cursorKey);
        prefix = builder.prefix;
        caching = "public, max-age=" + builder.fresh.toSeconds();
        paths = paths(builder.page);
    }

    private Map<String, Function<IncomingRequest, Answer>> paths(boolean page) {
        Map<String, Function<IncomingRequest, Answer>> all = new HashMap<>();
        all.put(ROOT + "/resources", request -> resources(search(request)));
        all.put(ROOT + "/search", request -> found(search(request)));
        all.put(ROOT + "/assets", request -> assets());
        if (page) {
            Answer html = PageFiles.page();
            Answer script = PageFiles.script();
            Answer style = PageFiles.style();
            all.put(ROOT, request -> html);
            all.put(ROOT + "/page.js", request -> script);
            all.put(ROOT + "/page.css", request -> style);
        }
        return Map.copyOf(all);
    }

    /**
     * Begins endpoints over a catalogue.
     *
     * @param plugins whose assets and networks the page names
     * @param cursorKey a secret of 32 bytes or more, the same in all replicas
     */
    public static Builder builder(CatalogueStore store, Plugins plugins, Bytes cursorKey) {
        return new Builder(store, plugins, cursorKey);
    }

    /** What may be chosen about the endpoints; not safe for threads. */
    public static final class Builder {
        private final CatalogueStore store;
        private final Plugins plugins;
        private final Bytes cursorKey;
        private String prefix = "";
        private Duration fresh = Duration.ofSeconds(15);
        private boolean page = true;

        private Builder(CatalogueStore store, Plugins plugins, Bytes cursorKey) {
            this.store = requireNonNull(store, "store");
            this.plugins = requireNonNull(plugins, "plugins");
            this.cursorKey = requireNonNull(cursorKey, "cursorKey");
        }

        /** The path that the endpoints stand below, such as {@code /x402}; empty by default. */
        public Builder prefix(String path) {
            if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
                throw new IllegalArgumentException(
                        "prefix: expected nothing or a path like /x402 without a slash at its end, saw " + path);
            }
            prefix = path;
            return this;
        }

        /** How long an answer may be kept by those between, in whole seconds; 15 by default. */
        public Builder fresh(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("fresh: expected a time of 0 or more, saw " + time);
            }
            fresh = time;
            return this;
        }

        /** Leaves out the page {@code /discovery}; programs still find everything. */
        public Builder withoutPage() {
            page = false;
            return this;
        }

        /**
         * The endpoints.
         *
         * @throws IllegalArgumentException when the key is too short
         */
        public DiscoveryEndpoints build() {
            return new DiscoveryEndpoints(this);
        }
    }

    @Override
    public Answer answer(IncomingRequest request) {
        Optional<Function<IncomingRequest, Answer>> asked = request.path()
                .filter(path -> path.startsWith(prefix))
                .map(path -> paths.get(path.substring(prefix.length())));
        if (asked.isEmpty()) {
            return open(Answer.refusal(
                    404,
                    new ErrorCode("not_found"),
                    "no such endpoint; there are /discovery/resources and /discovery/search"));
        }
        if (request.method().equals("OPTIONS")) {
            return open(Answer.of(204))
                    .with("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
                    .with("Access-Control-Allow-Headers", "Content-Type, Authorization")
                    .with("Access-Control-Max-Age", "86400");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return open(Answer.refusal(
                            405, new ErrorCode("method_not_allowed"), "method: expected GET, HEAD or OPTIONS"))
                    .with("Allow", "GET, HEAD, OPTIONS");
        }
        try {
            return open(kept(request, asked.get().apply(request)));
        } catch (ParameterException refused) {
            return open(Answer.refusal(400, new ErrorCode("invalid_parameter"), String.valueOf(refused.getMessage())))
                    .with("Cache-Control", "no-store");
        } catch (RuntimeException bug) {
            long incident = incidents.incrementAndGet();
            LOG.error("the catalogue broke, incident {}: {}", incident, Fault.of(bug));
            return open(Answer.refusal(
                            500, new ErrorCode("internal_error"), "the catalogue broke, incident " + incident))
                    .with("Cache-Control", "no-store");
        }
    }

    private Search search(IncomingRequest request) {
        return Asked.of(Parameters.of(request.query()), cursors);
    }

    private Answer resources(Search search) {
        Page page = store.page(search);
        List<Json> shown = Wire.resources(page.hits());
        boolean cut = shown.size() < page.hits().size();
        Json.Obj pagination = Json.object()
                .put("limit", cut ? shown.size() : search.limit())
                .put("offset", search.offset())
                .put("total", page.total())
                .put("cursor", cursor(page, shown.size(), search))
                .build();
        return Answer.json(200, Codec.DISCOVERY_RESPONSE, Wire.page(shown, pagination));
    }

    private Answer found(Search search) {
        Page page = store.page(search);
        List<Json> shown = Wire.resources(page.hits());
        Json.Obj pagination = Json.object()
                .put("limit", shown.size())
                .put("cursor", cursor(page, shown.size(), search))
                .put("total", page.total())
                .build();
        return Answer.json(200, Codec.DISCOVERY_SEARCH_RESPONSE, Wire.found(shown, pagination));
    }

    /** Where the next page begins; {@code null} where this is the last. */
    private Json cursor(Page page, int shown, Search search) {
        boolean more = page.more() || shown < page.hits().size();
        return more && shown > 0
                ? Json.of(cursors.write(page.hits().get(shown - 1).position(), search))
                : Json.Null.NULL;
    }

    private Answer assets() {
        return Answer.json(
                200,
                Json.object()
                        .put(
                                "assets",
                                new Json.Arr(plugins.assets().stream()
                                        .limit(MOST_ASSETS)
                                        .<Json>map(this::asset)
                                        .toList()))
                        .build());
    }

    private Json.Obj asset(Asset asset) {
        Optional<RailNetwork> network = plugins.network(asset.id().network());
        return Json.object()
                .put("network", asset.id().network().toString())
                .put("networkName", network.map(RailNetwork::name).orElse(null))
                .put("testnet", network.map(RailNetwork::testnet).orElse(false))
                .put("asset", asset.id().reference())
                .put("symbol", asset.symbol())
                .put("decimals", asset.decimals())
                .put("currency", asset.currency())
                .build();
    }

    /** The answer with its validator, or that it is still what the asker has. */
    private Answer kept(IncomingRequest request, Answer answer) {
        String tag = '"' + digest(answer.body()) + '"';
        boolean known = request.headers("If-None-Match").stream().anyMatch(value -> value.contains(tag));
        Answer tagged = known ? Answer.of(304) : answer;
        return tagged.with("ETag", tag).with("Cache-Control", caching);
    }

    private static Answer open(Answer answer) {
        return answer.with("Access-Control-Allow-Origin", "*").with("X-Content-Type-Options", "nosniff");
    }

    private static String digest(Bytes body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.toArray());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java has it", e);
        }
    }
}
