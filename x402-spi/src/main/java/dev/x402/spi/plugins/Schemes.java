package dev.x402.spi.plugins;

import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.SchemeFacilitator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The schemes by name and pattern. */
final class Schemes {
    private final List<SchemeSides> all = new ArrayList<>();
    private final Map<Kind, SchemeSides> ofOneNetwork = new HashMap<>();
    private final Map<Family, SchemeSides> ofFamilies = new HashMap<>();

    private record Family(String scheme, String namespace) {}

    static Schemes of(
            List<Plugin<PaymentScheme>> plugins, Supplier<Context> contexts, OpenSides open, Problems problems) {
        Schemes schemes = new Schemes();
        Map<SchemeKey, List<Plugin<PaymentScheme>>> byKey = new TreeMap<>();
        for (Plugin<PaymentScheme> plugin : plugins) {
            read(plugin, problems)
                    .ifPresent(key ->
                            byKey.computeIfAbsent(key, one -> new ArrayList<>()).add(plugin));
        }
        byKey.forEach((key, candidates) -> {
            Contest<PaymentScheme> contest = Contest.decide(key.toString(), candidates, problems);
            contest.winner()
                    .ifPresent(winner -> schemes.add(new SchemeSides(
                            key, winner.instance(), winner.info(key.toString(), contest.losers()), contexts, open)));
        });
        return schemes;
    }

    private void add(SchemeSides one) {
        all.add(one);
        String name = one.key().name();
        NetworkPattern pattern = one.key().pattern();
        if (pattern.isFamily()) {
            ofFamilies.put(new Family(name, pattern.namespace()), one);
        } else {
            ofOneNetwork.put(new Kind(name, Network.parse(pattern.toString())), one);
        }
    }

    private static Optional<SchemeKey> read(Plugin<PaymentScheme> plugin, Problems problems) {
        String where = plugin.origin().toString();
        Optional<String> name = Guard.read(
                        where + ": name()", () -> plugin.instance().name(), problems)
                .filter(text -> Names.scheme(where + ": name()", text, problems));
        return Guard.read(where + ": networks()", () -> plugin.instance().networks(), problems)
                .flatMap(pattern -> name.map(text -> new SchemeKey(text, pattern)));
    }

    Optional<SchemeSides> find(Kind kind) {
        SchemeSides one = ofOneNetwork.get(kind);
        return one != null ? Optional.of(one) : ofFamily(kind);
    }

    private Optional<SchemeSides> ofFamily(Kind kind) {
        return Optional.ofNullable(
                ofFamilies.get(new Family(kind.scheme(), kind.network().namespace())));
    }

    /** The plugins whose scheme and pattern match, the most specific first. */
    private Stream<SchemeSides> matching(Kind kind) {
        return Stream.concat(Stream.ofNullable(ofOneNetwork.get(kind)), ofFamily(kind).stream());
    }

    <S extends AutoCloseable> Optional<S> find(Kind kind, Function<SchemeSides, Side<S>> side) {
        return find(kind).flatMap(one -> side.apply(one).find());
    }

    Optional<SchemeFacilitator> findFacilitator(Kind kind) {
        return find(kind)
                .flatMap(one ->
                        one.facilitator().find().filter(side -> side.networks().contains(kind.network())));
    }

    /** How accounts of a network are proven: a plugin for this network alone comes first, then by the schemes' names. */
    Optional<PaymentScheme.Accounts> accounts(Network network) {
        return all.stream()
                .filter(one -> one.key().pattern().matches(network))
                .sorted(Comparator.comparing(one -> one.key().pattern().isFamily()))
                .flatMap(one -> one.accounts().find().stream())
                .findFirst();
    }

    Set<Kind> facilitatorKinds() {
        Set<Kind> kinds = new LinkedHashSet<>();
        for (SchemeSides one : all) {
            Optional<SchemeFacilitator> side = one.facilitator().find();
            side.ifPresent(it -> one.networks(it).stream()
                    .map(network -> new Kind(one.key().name(), network))
                    .filter(kind -> find(kind)
                            .filter(best -> best.key().equals(one.key()))
                            .isPresent())
                    .forEach(kinds::add));
        }
        return Collections.unmodifiableSet(kinds);
    }

    /** Why the look-up of a side failed: what was tried, what was missing, and what to do. */
    <S extends AutoCloseable> UnsupportedKindException unsupported(
            Kind kind, String name, Function<SchemeSides, Side<S>> side) {
        List<SchemeSides> matching = matching(kind).toList();
        if (matching.isEmpty()) {
            return nobody(kind, name);
        }
        SchemeSides tried = matching.get(0);
        Side<S> asked = side.apply(tried);
        StringBuilder message = new StringBuilder("no " + name + " for " + kind + ".\n  Tried: " + tried.info());
        boolean present = asked.find().isPresent();
        message.append("\n    ")
                .append(present ? "its " + name + " has switched on " + served(tried) : "gives no " + name);
        asked.advice().forEach(port -> message.append("\n    missing port ").append(port));
        if (!present && asked.advice().isEmpty()) {
            message.append("\n    asked for no port that is missing");
        }
        matching.stream()
                .skip(1)
                .forEach(less -> message.append("\n  Not asked, as it is less specific: ")
                        .append(less.info()));
        return new UnsupportedKindException(kind, asked.missingPorts(), message.toString());
    }

    private static String served(SchemeSides tried) {
        Set<Network> networks = tried.facilitator().find().map(tried::networks).orElse(Set.of());
        return networks.isEmpty() ? "no network" : Summary.of(networks) + " only";
    }

    private UnsupportedKindException nobody(Kind kind, String name) {
        StringBuilder message = new StringBuilder("no " + name + " for " + kind + ": no plugin serves it.");
        all.forEach(one -> message.append("\n  Tried: ").append(one.info()));
        if (all.isEmpty()) {
            message.append("\n  Tried: nothing, as there is no scheme at all");
        }
        message.append("\n  Add the jar of a plugin for ")
                .append(kind)
                .append(" (ours are dev.x402:x402-scheme-*) to the class path and discover() it,")
                .append(" or add the plugin by Plugins.builder().add(…)");
        return new UnsupportedKindException(kind, List.of(), message.toString());
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        all.forEach(one -> names.add(one.key().name()));
        return Collections.unmodifiableSet(names);
    }

    List<PluginInfo> loaded() {
        return all.stream().map(SchemeSides::info).toList();
    }
}
