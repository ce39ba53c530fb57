package dev.x402.spi.plugins;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.AssetId;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spi.Asset;
import dev.x402.spi.AssetSource;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of an application, judged once and never changed.
 *
 * <p>Looked up by scheme and network: the most specific pattern wins for each scheme, and nothing widens a network to
 * its family. A side is created by the first look-up that needs it, once; {@link #close()} closes the sides that were
 * created, never the ports. Safe for threads; look-ups of schemes and sides fail after closing.
 */
public final class Plugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Schemes schemes;
    private final Rails rails;
    private final Assets assets;
    private final Extensions extensions;
    private final OpenSides open;

    private Plugins(Schemes schemes, Rails rails, Assets assets, Extensions extensions, OpenSides open) {
        this.schemes = schemes;
        this.rails = rails;
        this.assets = assets;
        this.extensions = extensions;
        this.open = open;
    }

    /** A builder that knows no plugin and discovers none until told. */
    public static Builder builder() {
        return new Builder();
    }

    /** The scheme with the most specific pattern; empty where no plugin serves the kind. */
    public Optional<PaymentScheme> scheme(Kind kind) {
        open.requireOpen();
        return schemes.find(requireNonNull(kind, "kind")).map(SchemeSides::scheme);
    }

    /**
     * The payer's side of a kind.
     *
     * @throws UnsupportedKindException when no plugin has it
     * @throws PluginConfigurationException when the plugin failed to create it; the next look-up tries again
     */
    public SchemeClient client(Kind kind) {
        return findClient(kind).orElseThrow(() -> schemes.unsupported(kind, "client", SchemeSides::client));
    }

    /** The payer's side of a kind; empty where no plugin has it. */
    public Optional<SchemeClient> findClient(Kind kind) {
        open.requireOpen();
        return schemes.find(requireNonNull(kind, "kind"), SchemeSides::client);
    }

    /**
     * The payee's side of a kind.
     *
     * @throws UnsupportedKindException when no plugin has it
     * @throws PluginConfigurationException when the plugin failed to create it; the next look-up tries again
     */
    public SchemeServer server(Kind kind) {
        return findServer(kind).orElseThrow(() -> schemes.unsupported(kind, "server", SchemeSides::server));
    }

    /** The payee's side of a kind; empty where no plugin has it. */
    public Optional<SchemeServer> findServer(Kind kind) {
        open.requireOpen();
        return schemes.find(requireNonNull(kind, "kind"), SchemeSides::server);
    }

    /**
     * The facilitator's side of a kind whose network is switched on.
     *
     * @throws UnsupportedKindException when no plugin has it
     * @throws PluginConfigurationException when the plugin failed to create it; the next look-up tries again
     */
    public SchemeFacilitator facilitator(Kind kind) {
        return findFacilitator(kind)
                .orElseThrow(() -> schemes.unsupported(kind, "facilitator", SchemeSides::facilitator));
    }

    /** The facilitator's side of a kind; empty where no plugin has it switched on. */
    public Optional<SchemeFacilitator> findFacilitator(Kind kind) {
        open.requireOpen();
        return schemes.findFacilitator(requireNonNull(kind, "kind"));
    }

    /** Every kind that is switched on at the facilitator's side. */
    public Set<Kind> facilitatorKinds() {
        open.requireOpen();
        return schemes.facilitatorKinds();
    }

    /** The names of the schemes, in their order. */
    public Set<String> schemeNames() {
        return schemes.names();
    }

    /** What the rails know of a network; empty where none knows it. */
    public Optional<RailNetwork> network(Network network) {
        return rails.find(network);
    }

    /** The networks of all rails, in the order of their identifiers. */
    public Collection<RailNetwork> networks() {
        return rails.networks();
    }

    /**
     * The one spelling of an account; empty when the text is no account of this network.
     *
     * <p>The text itself where no rail knows the network.
     */
    public Optional<String> canonicalAccount(Network network, String account) {
        return rails.canonicalAccount(network, account);
    }

    /**
     * The one spelling of an asset's reference; empty when the text is none of this network.
     *
     * <p>The text itself where no rail knows the network.
     */
    public Optional<String> canonicalAsset(Network network, String reference) {
        return rails.canonicalAsset(network, reference);
    }

    /**
     * Whether this can name a transaction on this network, by its form alone.
     *
     * <p>Where no rail knows the network, whatever is not blank can.
     */
    public boolean isReference(Network network, String reference) {
        return rails.isReference(network, reference);
    }

    /** The asset in whichever spelling; empty where no source knows it. */
    public Optional<Asset> asset(AssetId id) {
        return assets.find(id);
    }

    /**
     * The assets of a network; the first is its default.
     *
     * <p>Sources that the application added come first, then those from the jar of the network's rail, then the others
     * by class name.
     */
    public List<Asset> assets(Network network) {
        return assets.on(network);
    }

    /** Every asset, in the order of the networks' identifiers; within a network as {@link #assets(Network)}. */
    public List<Asset> assets() {
        return assets.all();
    }

    /** The extensions, one for each key, in the keys' order. */
    public Collection<PaymentExtension> extensions() {
        return extensions.all();
    }

    /** The payer's sides of the extensions that have one, by key. */
    public Map<String, PaymentExtension.ClientSide> extensionClients() {
        open.requireOpen();
        return extensions.clients();
    }

    /** The seller's sides of the extensions that have one, by key. */
    public Map<String, PaymentExtension.ServerSide> extensionServers() {
        open.requireOpen();
        return extensions.servers();
    }

    /** The facilitator's sides of the extensions that have one, by key. */
    public Map<String, PaymentExtension.FacilitatorSide> extensionFacilitators() {
        open.requireOpen();
        return extensions.facilitators();
    }

    /** How accounts of a network are proven; a plugin for this network alone is asked before those for its family. */
    public Optional<PaymentScheme.Accounts> accounts(Network network) {
        open.requireOpen();
        return schemes.accounts(requireNonNull(network, "network"));
    }

    /** The plugins that are in use: schemes, rails, assets, extensions. */
    public List<PluginInfo> loaded() {
        return Stream.of(schemes.loaded(), rails.loaded(), assets.loaded(), extensions.loaded())
                .flatMap(List::stream)
                .toList();
    }

    /** Closes the sides that were created, the newest first, each once; never throws. */
    @Override
    public void close() {
        open.close();
    }

    /** Collects plugins and ports; not safe for threads. */
    public static final class Builder {
        private final List<PluginSource> sources = new ArrayList<>();
        private final List<PaymentScheme> schemes = new ArrayList<>();
        private final List<Rail> rails = new ArrayList<>();
        private final List<AssetSource> assetSources = new ArrayList<>();
        private final List<PaymentExtension> extensions = new ArrayList<>();
        private final Map<Class<?>, Object> ports = new LinkedHashMap<>();
        private final List<String> misuses = new ArrayList<>();
        private @Nullable Clock clock;
        private @Nullable SecureRandom random;

        private Builder() {}

        /** Discovers plugins by the class loader of this class. */
        public Builder discover() {
            return discover(Plugins.class.getClassLoader());
        }

        /** Discovers plugins by this class loader. */
        public Builder discover(ClassLoader loader) {
            return discover(loader, type -> true);
        }

        /**
         * Discovers the plugins that are allowed, by this class loader.
         *
         * @param allow judges a plugin's class before any of its code runs
         */
        public Builder discover(ClassLoader loader, Predicate<Class<?>> allow) {
            return discover(new ServiceSource(requireNonNull(loader, "loader"), requireNonNull(allow, "allow")));
        }

        Builder discover(PluginSource source) {
            sources.add(source);
            return this;
        }

        /** Adds a scheme, which beats a discovered one of the same name and pattern. */
        public Builder add(PaymentScheme scheme) {
            schemes.add(requireNonNull(scheme, "scheme"));
            return this;
        }

        /** Adds a rail, which beats a discovered one network by network. */
        public Builder add(Rail rail) {
            rails.add(requireNonNull(rail, "rail"));
            return this;
        }

        /** Adds assets, which must not contradict the discovered ones. */
        public Builder add(AssetSource source) {
            assetSources.add(requireNonNull(source, "source"));
            return this;
        }

        /** Adds an extension, which beats a discovered one of the same key. */
        public Builder add(PaymentExtension extension) {
            extensions.add(requireNonNull(extension, "extension"));
            return this;
        }

        /**
         * Gives a port to the plugins that ask for this type.
         *
         * <p>The caller opens and closes it.
         */
        public <T> Builder port(Class<T> type, T port) {
            requireNonNull(port, "port");
            if (type == Clock.class || type == SecureRandom.class) {
                misuses.add("port " + type.getName() + " is reserved: give it by Plugins.builder()."
                        + (type == Clock.class ? "clock(…)" : "random(…)"));
            } else if (ports.put(type, port) != null) {
                misuses.add("port " + type.getName() + " was given twice: give one");
            }
            return this;
        }

        /** Sets the clock of the plugins; the system's unless set. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Sets the randomness of the plugins; the platform's default unless set. */
        public Builder random(SecureRandom random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /**
         * Judges all plugins and logs one line for each.
         *
         * @throws PluginConfigurationException listing every problem
         */
        public Plugins build() {
            Problems problems = new Problems();
            misuses.forEach(problems::add);
            OpenSides open = new OpenSides();
            Rails allRails = Rails.of(gather(Rail.class, rails, problems), problems);
            Assets allAssets = Assets.of(gather(AssetSource.class, assetSources, problems), allRails, problems);
            Extensions allExtensions = Extensions.of(gather(PaymentExtension.class, extensions, problems), problems);
            Schemes allSchemes =
                    Schemes.of(gather(PaymentScheme.class, schemes, problems), contexts(allAssets), open, problems);
            problems.throwIfAny();
            allExtensions.open(contexts(allAssets), new Accounts(allRails, allSchemes), open);
            Plugins plugins = new Plugins(allSchemes, allRails, allAssets, allExtensions, open);
            plugins.loaded().forEach(info -> LOG.info("{}", info));
            return plugins;
        }

        private Supplier<Context> contexts(Assets allAssets) {
            Clock theClock = clock == null ? Clock.systemUTC() : clock;
            SecureRandom theRandom = random == null ? new SecureRandom() : random;
            Ports thePorts = new Ports(ports);
            return () -> new Context(theClock, theRandom, thePorts, allAssets);
        }

        private <T> List<Plugin<T>> gather(Class<T> service, List<T> added, Problems problems) {
            List<Plugin<T>> plugins = new ArrayList<>();
            added.forEach(instance -> plugins.add(new Plugin<>(instance, true)));
            Set<Class<?>> seen = new LinkedHashSet<>();
            for (PluginSource source : sources) {
                for (T instance : source.load(service, problems)) {
                    if (seen.add(instance.getClass())) {
                        plugins.add(new Plugin<>(instance, false));
                    }
                }
            }
            return plugins;
        }
    }
}
