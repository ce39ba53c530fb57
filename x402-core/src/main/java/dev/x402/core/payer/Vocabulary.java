package dev.x402.core.payer;

import dev.x402.core.Flow;
import dev.x402.core.Nearest;
import dev.x402.spec.AssetId;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Asset;
import dev.x402.spi.RailNetwork;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The words that the loaded plugins give a meaning. */
final class Vocabulary {
    private static final int MOST_SHOWN = 12;

    private final Plugins plugins;
    private final Set<String> namespaces = new TreeSet<>();
    private final Map<String, Set<Network>> names = new TreeMap<>();
    private final Map<String, String> spelledNames = new TreeMap<>();
    private final Set<String> symbols = new TreeSet<>();
    private final Set<String> currencies = new TreeSet<>();

    Vocabulary(Plugins plugins) {
        this.plugins = plugins;
        for (RailNetwork rail : plugins.networks()) {
            namespaces.add(rail.id().namespace());
            names.computeIfAbsent(folded(rail.name()), name -> new HashSet<>()).add(rail.id());
            spelledNames.put(folded(rail.name()), rail.name());
        }
        for (Asset asset : plugins.assets()) {
            namespaces.add(asset.id().network().namespace());
            symbols.add(asset.symbol());
            if (!asset.currency().isEmpty()) {
                currencies.add(asset.currency());
            }
        }
    }

    /** A word that means nothing, or more than one thing. */
    static final class UnknownWordException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownWordException(String message) {
            super(message, null, false, false);
        }
    }

    Term term(@Nullable Subject subject, String word) throws UnknownWordException {
        if (subject == null) {
            return bare(word);
        }
        return switch (subject) {
            case NETWORK -> only(networks(word), word, "a network", networkWords());
            case ASSET -> only(assets(word), word, "an asset", symbols);
            case CURRENCY -> only(currency(word), word, "a currency", currencies);
            case SCHEME -> scheme(word);
            case FLOW -> flow(word);
            case PAYEE -> payee(word);
            case HOST -> throw new IllegalStateException("hosts are no terms");
        };
    }

    private Term bare(String word) throws UnknownWordException {
        List<Term> meanings = new ArrayList<>(networks(word));
        List<Term> assets = new ArrayList<>(assets(word));
        assets.addAll(currency(word));
        if (!meanings.isEmpty() && !assets.isEmpty()) {
            throw new UnknownWordException(
                    Shown.quoted(word) + " is a network and an asset; write network or asset before it");
        }
        meanings.addAll(assets);
        Set<String> known = networkWords();
        known.addAll(symbols);
        known.addAll(currencies);
        return only(meanings, word, "a network, an asset or a currency", known);
    }

    /** The widest meaning, which includes the others. */
    private Term only(List<Term> meanings, String word, String expected, Set<String> known)
            throws UnknownWordException {
        if (meanings.isEmpty()) {
            throw unknown(word, expected, known);
        }
        for (Term wide : meanings) {
            if (meanings.stream().allMatch(other -> includes(wide, other))) {
                return wide;
            }
        }
        throw new UnknownWordException(Shown.quoted(word) + " has more than one meaning: " + expected
                + " by name and another; write its identifier");
    }

    private boolean includes(Term wide, Term narrow) {
        return wide.equals(narrow)
                || World.of(plugins, Set.of()).stream().filter(narrow::matches).allMatch(wide::matches);
    }

    private static UnknownWordException unknown(String word, String expected, Set<String> known) {
        String hint = Nearest.of(word, known)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> word.indexOf(' ') > 0
                        ? "; words are separated by commas"
                        : known.isEmpty() ? "; the plugins know none" : "; known are " + shown(known));
        return new UnknownWordException(
                "expected " + expected + " that the plugins know, saw " + Shown.quoted(word) + hint);
    }

    private static String shown(Set<String> known) {
        List<String> words = known.stream().limit(MOST_SHOWN).toList();
        return String.join(", ", words) + (known.size() > words.size() ? " and others" : "");
    }

    private Set<String> networkWords() {
        Set<String> words = new TreeSet<>(namespaces);
        words.addAll(spelledNames.values());
        words.add("mainnet");
        words.add("testnet");
        return words;
    }

    private List<Term> networks(String word) {
        String folded = folded(word);
        if (folded.equals("mainnet") || folded.equals("testnet")) {
            return List.of(new Term.Worth(folded.equals("testnet")));
        }
        Optional<NetworkPattern> pattern = NetworkPattern.find(word);
        if (pattern.isPresent()) {
            return List.of(new Term.Family(pattern.get()));
        }
        List<Term> meanings = new ArrayList<>();
        if (namespaces.contains(folded)) {
            meanings.add(new Term.Family(NetworkPattern.parse(folded + ":*")));
        }
        Set<Network> named = names.get(folded);
        if (named != null) {
            meanings.add(new Term.Named(Set.copyOf(named)));
        }
        return meanings;
    }

    private List<Term> assets(String word) {
        Optional<AssetId> id = MoneyTerm.assetId(word);
        if (id.isPresent()) {
            Network network = id.get().network();
            return plugins.canonicalAsset(network, id.get().reference())
                    .map(reference -> List.<Term>of(new Term.One(new AssetId(network, reference))))
                    .orElse(List.of());
        }
        Set<String> meant = spelled(symbols, word);
        return meant.isEmpty() ? List.of() : List.of(new Term.Symbols(meant));
    }

    private List<Term> currency(String word) {
        return spelled(currencies, word).stream().<Term>map(Term.Currency::new).toList();
    }

    /** The word itself where it is known, else its spellings in another case. */
    private static Set<String> spelled(Set<String> known, String word) {
        if (known.contains(word)) {
            return Set.of(word);
        }
        Set<String> same = new TreeSet<>();
        known.stream().filter(word::equalsIgnoreCase).forEach(same::add);
        return Set.copyOf(same);
    }

    private Term scheme(String word) throws UnknownWordException {
        Set<String> known = plugins.schemeNames();
        if (!known.contains(word)) {
            throw unknown(word, "a scheme", known);
        }
        return new Term.Scheme(word);
    }

    private static Term flow(String word) throws UnknownWordException {
        Optional<Flow> flow = Flow.parse(word.toLowerCase(Locale.ROOT));
        if (flow.isEmpty()) {
            Set<String> known = new TreeSet<>();
            Arrays.stream(Flow.values()).map(Flow::word).forEach(known::add);
            throw unknown(word, "a flow", known);
        }
        return new Term.InFlow(flow.get());
    }

    private Term payee(String word) throws UnknownWordException {
        int first = word.indexOf(':');
        int second = word.indexOf(':', first + 1);
        Optional<Network> one = second < 0 ? Optional.empty() : Network.find(word.substring(0, second));
        Map<Network, String> accounts = new HashMap<>();
        if (one.isPresent()) {
            plugins.canonicalAccount(one.get(), word.substring(second + 1))
                    .ifPresent(account -> accounts.put(one.get(), account));
        } else {
            for (RailNetwork rail : plugins.networks()) {
                plugins.canonicalAccount(rail.id(), word).ifPresent(account -> accounts.put(rail.id(), account));
            }
        }
        if (accounts.isEmpty() && (one.isPresent() || !plugins.networks().isEmpty())) {
            throw new UnknownWordException("expected an account of "
                    + (one.isPresent() ? one.get().toString() : "a network that the plugins know") + ", saw "
                    + Shown.quoted(word));
        }
        return accounts.isEmpty() ? new Term.ForeignPayee(word) : new Term.Payee(Map.copyOf(accounts), plugins);
    }

    /** A limit's unit: a currency before a symbol, for it is the wider word. */
    Term unit(MoneyTerm most) throws UnknownWordException {
        Optional<AssetId> id = most.asset();
        if (id.isPresent()) {
            Term.One one = (Term.One) only(assets(id.get().toString()), id.get().toString(), "an asset", symbols);
            if (!most.isAtomic() && plugins.asset(one.asset()).isEmpty()) {
                throw new UnknownWordException(
                        "the decimals of " + Shown.of(one.asset().toString())
                                + " are not known; write the amount in its smallest unit, with atomic before the identifier");
            }
            return one;
        }
        List<Term> meanings = new ArrayList<>(currency(most.unit()));
        meanings.addAll(assets(most.unit()));
        Set<String> known = new TreeSet<>(symbols);
        known.addAll(currencies);
        return only(meanings, most.unit(), "a currency or an asset", known);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
    }
}
