package dev.x402.spi.plugins;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One scheme in use, with its sides. */
final class SchemeSides {
    private final SchemeKey key;
    private final PaymentScheme scheme;
    private final PluginInfo info;
    private final Side<SchemeClient> client;
    private final Side<SchemeServer> server;
    private final Side<SchemeFacilitator> facilitator;
    private final Side<PaymentScheme.Accounts> accounts;

    SchemeSides(SchemeKey key, PaymentScheme scheme, PluginInfo info, Supplier<Context> contexts, OpenSides open) {
        this.key = key;
        this.scheme = scheme;
        this.info = info;
        client = new Side<>(named("client"), scheme::client, side -> {}, contexts.get(), open);
        server = new Side<>(named("server"), scheme::server, side -> {}, contexts.get(), open);
        facilitator =
                new Side<>(named("facilitator"), scheme::facilitator, side -> networks(side), contexts.get(), open);
        accounts = new Side<>(named("accounts"), scheme::accounts, side -> {}, contexts.get(), open);
    }

    private String named(String side) {
        return origin() + ": " + side + "() of " + key;
    }

    Origin origin() {
        return new Origin(info.type(), info.version(), info.location());
    }

    SchemeKey key() {
        return key;
    }

    PaymentScheme scheme() {
        return scheme;
    }

    PluginInfo info() {
        return info;
    }

    Side<SchemeClient> client() {
        return client;
    }

    Side<SchemeServer> server() {
        return server;
    }

    Side<SchemeFacilitator> facilitator() {
        return facilitator;
    }

    Side<PaymentScheme.Accounts> accounts() {
        return accounts;
    }

    /** The networks that are switched on, each of them within the pattern. */
    Set<Network> networks(SchemeFacilitator side) {
        String what = origin() + ": networks() of the facilitator of " + key;
        Problems problems = new Problems();
        Set<Network> networks = new TreeSet<>();
        Guard.read(what, side::networks, problems)
                .filter(all -> Guard.complete(what, all, problems))
                .ifPresent(networks::addAll);
        networks.stream()
                .filter(network -> !key.pattern().matches(network))
                .forEach(
                        network -> problems.add(what + ": expected networks of " + key.pattern() + ", saw " + network));
        problems.throwIfAny();
        return networks;
    }
}
