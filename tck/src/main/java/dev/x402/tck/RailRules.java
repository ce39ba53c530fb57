package dev.x402.tck;

import dev.x402.spec.Network;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules for a plugin's rails: names, equality, finality. */
public interface RailRules extends RuleKit {
    /** The rail knows the network of the offer. */
    @SpecRule(
            id = "X402-RAIL-01",
            level = Level.MUST,
            spec = "v2 §11.1",
            quote =
                    "Networks in x402 v2 use CAIP-2 (Chain Agnostic Improvement Proposal) format: `namespace:reference`.",
            intent = "some rail knows the network of the offer, under its CAIP-2 name",
            does = "looks for the offer's network among the networks of the rails",
            causes = {"the scheme's pattern is wider than the rail", "two spellings of one network"})
    default void rail_01_theNetworkOfTheOfferIsKnown(Bench bench) {
        Network network = bench.fixture().offer().network();
        bench.check(
                networks(bench).stream().anyMatch(known -> known.id().equals(network)),
                "looked for " + network + " among the networks of the rails",
                "a rail that knows it",
                "only " + networks(bench).stream().map(RailNetwork::id).toList());
    }

    /** Networks are told once and always the same. */
    @SpecRule(
            id = "X402-RAIL-02",
            level = Level.MUST,
            spec = "v2 §11.1",
            derived = "a registry reads the networks once; what changes or stands twice is lost without a word",
            intent = "networks are told once each, and always the same",
            does = "asks each rail for its networks twice",
            causes = {"a list that is filled while it is read", "a network under two names"})
    default void rail_02_networksAreToldOnceAndTheSame(Bench bench) {
        for (Rail rail : rails(bench)) {
            Collection<RailNetwork> first = rail.networks();
            Set<Network> ids = new HashSet<>();
            first.forEach(network -> bench.check(
                    ids.add(network.id()), "asked a rail for its networks", "each once", network.id() + " twice"));
            bench.check(
                    List.copyOf(first).equals(List.copyOf(rail.networks())),
                    "asked a rail for its networks twice",
                    "the same networks",
                    "others");
        }
    }

    /** The spelling of an account is settled by one look. */
    @SpecRule(
            id = "X402-RAIL-03",
            level = Level.MUST,
            spec = "v2 §11.1",
            derived = "accounts are compared in canonical spelling; a spelling that changes again compares unequal",
            intent = "the canonical spelling of an account is its own canonical spelling",
            does = "makes the fixture's accounts canonical twice, also in upper and lower case",
            causes = {"a checksum of the wrong input", "a prefix is added each time"})
    default void rail_03_canonicalAccountsStayCanonical(Bench bench) {
        for (String account : accounts(bench)) {
            settled(bench, "account", account, Rail::canonicalAccount);
        }
    }

    /** The accounts of offers and judgements are canonical. */
    @SpecRule(
            id = "X402-RAIL-04",
            level = Level.MUST,
            spec = "v2 §6.1.2",
            derived = "budgets and sellers compare the payer with accounts that the rail spelled",
            intent = "the rail knows the accounts of payer, payee and stranger",
            does = "asks the rail for the canonical spelling of the fixture's accounts",
            causes = {"the rail's check is stricter than the scheme's", "roles are not accounts for the rail"})
    default void rail_04_theAccountsInUseAreKnown(Bench bench) {
        Network network = bench.fixture().offer().network();
        for (String account : accounts(bench)) {
            bench.doing("asked the rail for the canonical spelling of an account in use");
            Optional<String> canonical = rail(bench, network).canonicalAccount(network, account);
            bench.check(
                    canonical.filter(account::equals).isPresent(),
                    "asked the rail for the canonical spelling of " + account,
                    account,
                    canonical.map(other -> "the spelling " + other).orElse("no account"));
        }
    }

    /** Text that is no account is told as none. */
    @SpecRule(
            id = "X402-RAIL-05",
            level = Level.MUST,
            spec = "v2 §9",
            derived = "payTo and payer come from outside; hostile text is no bug of the caller",
            intent = "text that is no account is told as none, without an exception",
            does = "asks for the canonical spelling of empty, long, spaced and broken texts",
            causes = {"substring without a length check", "a decoder that throws", "strip() before comparing"})
    default void rail_05_hostileAccountsAreNone(Bench bench) {
        hostile(bench, "account", bench.fixture().payer(), Rail::canonicalAccount);
    }

    /** A network of somebody else has no accounts here. */
    @SpecRule(
            id = "X402-RAIL-06",
            level = Level.MUST,
            spec = "v2 §11.1",
            derived = "nothing widens the networks that a plugin registered",
            intent = "a rail answers for its own networks only",
            does = "asks for an account and an asset of a network that the rail does not list",
            causes = {"the network's argument is ignored", "the namespace alone is compared"})
    default void rail_06_foreignNetworksAreNotAnswered(Bench bench) {
        Network own = bench.fixture().offer().network();
        for (Network foreign : List.of(Network.parse("x402tck:0"), Network.parse(own.namespace() + ":x402-tck-none"))) {
            for (Rail rail : rails(bench)) {
                String step = "asked a rail for an account of " + foreign + ", which it does not list";
                bench.doing(step);
                Optional<String> seen =
                        rail.canonicalAccount(foreign, bench.fixture().payer());
                bench.check(seen.isEmpty(), step, "no account", "the spelling " + seen.orElse(""));
                String asked = "asked a rail for an asset of " + foreign + ", which it does not list";
                bench.doing(asked);
                Optional<String> asset =
                        rail.canonicalAsset(foreign, bench.fixture().offer().asset());
                bench.check(asset.isEmpty(), asked, "no asset", "the spelling " + asset.orElse(""));
            }
        }
    }

    /** The spelling of an asset is settled by one look. */
    @SpecRule(
            id = "X402-RAIL-07",
            level = Level.MUST,
            spec = "v2 §11.1",
            derived = "an asset under two spellings would have two sets of decimals",
            intent = "the canonical spelling of an asset is its own canonical spelling",
            does = "makes the offer's asset canonical twice, also in upper and lower case",
            causes = {"a checksum of the wrong input", "a prefix is added each time"})
    default void rail_07_canonicalAssetsStayCanonical(Bench bench) {
        settled(bench, "asset", bench.fixture().offer().asset(), Rail::canonicalAsset);
    }

    /** Text that is no asset is told as none. */
    @SpecRule(
            id = "X402-RAIL-08",
            level = Level.MUST,
            spec = "v2 §9",
            derived = "the asset of an offer comes from outside; hostile text is no bug of the caller",
            intent = "text that is no asset is told as none, without an exception",
            does = "asks for the canonical spelling of empty, long, spaced and broken texts",
            causes = {"substring without a length check", "a decoder that throws", "strip() before comparing"})
    default void rail_08_hostileAssetsAreNone(Bench bench) {
        hostile(bench, "asset", bench.fixture().offer().asset(), Rail::canonicalAsset);
    }

    /** Times of finality are told in the right order. */
    @SpecRule(
            id = "X402-RAIL-09",
            level = Level.MUST,
            spec = "v2 §6.1.3",
            derived = "sellers choose by these times whether a request may be served",
            intent = "no network tells a negative time",
            does = "reads expectedTime and reversalWindow of each network",
            causes = {"a subtraction with the arguments swapped"})
    default void rail_09_timesAreNotNegative(Bench bench) {
        for (RailNetwork network : networks(bench)) {
            bench.check(
                    !network.expectedTime().isNegative()
                            && !network.reversalWindow().isNegative(),
                    "read the times of " + network.id(),
                    "0 or more",
                    "expectedTime " + network.expectedTime() + " and reversalWindow " + network.reversalWindow());
        }
    }

    /** Networks have a name that people can read. */
    @SpecRule(
            id = "X402-RAIL-10",
            level = Level.SHOULD,
            spec = "v2 §11.1",
            derived = "policies and explanations call a network by its name",
            intent = "each network has a name of its own for people",
            does = "reads the names of the networks",
            causes = {"the name is left empty", "one name for mainnet and testnet"})
    default void rail_10_networksHaveNames(Bench bench) {
        Set<String> names = new HashSet<>();
        for (RailNetwork network : networks(bench)) {
            bench.check(
                    !network.name().isBlank() && names.add(network.name()),
                    "read the name of " + network.id(),
                    "a name of its own",
                    "\"" + network.name() + "\"");
        }
    }

    /** The window of a rail that returns money. */
    @SpecRule(
            id = "X402-RAIL-11",
            level = Level.MUST,
            spec = "RailNetwork.reversalWindow",
            derived =
                    "an engine stops watching, and a seller stops asking, where the rail says that nothing comes back",
            intent = "a rail that returns money tells how long it may",
            does = "reads the reversalWindow of the offer's network",
            causes = {"the window is left zero because the bank calls it an exception"},
            needs = {Capability.REVERSES})
    default void rail_11_returnsHaveAWindow(Bench bench) {
        Network network = bench.fixture().offer().network();
        Optional<RailNetwork> known = networks(bench).stream()
                .filter(listed -> listed.id().equals(network))
                .findFirst();
        bench.control(known.isPresent(), "no rail knows " + network);
        bench.check(
                !known.get().reversalWindow().isZero(),
                "read the reversalWindow of " + network,
                "more than 0, because the fixture claims REVERSES",
                "0");
    }

    private static List<Rail> rails(Bench bench) {
        List<Rail> rails = List.copyOf(bench.fixture().rails());
        if (rails.isEmpty()) {
            throw bench.notApplicable("the fixture names no rail");
        }
        return rails;
    }

    private static List<RailNetwork> networks(Bench bench) {
        return rails(bench).stream().flatMap(rail -> rail.networks().stream()).toList();
    }

    private static Rail rail(Bench bench, Network network) {
        return rails(bench).stream()
                .filter(rail ->
                        rail.networks().stream().anyMatch(known -> known.id().equals(network)))
                .findFirst()
                .orElseThrow(() -> Unjudged.inconclusive("no rail knows " + network));
    }

    private static List<String> accounts(Bench bench) {
        return List.of(
                bench.fixture().payer(),
                bench.fixture().stranger(),
                bench.fixture().offer().payTo());
    }

    private static void settled(Bench bench, String what, String honest, Spelling spelling) {
        Network network = bench.fixture().offer().network();
        Rail rail = rail(bench, network);
        for (String text : List.of(honest, honest.toUpperCase(Locale.ROOT), honest.toLowerCase(Locale.ROOT))) {
            String step = "made the " + what + " " + text + " canonical twice";
            bench.doing(step);
            Optional<String> once = spelling.of(rail, network, text);
            Optional<String> twice = once.flatMap(first -> spelling.of(rail, network, first));
            bench.check(
                    once.equals(twice),
                    step,
                    once.orElse("nothing both times"),
                    twice.orElse("nothing the second time"));
        }
    }

    private static void hostile(Bench bench, String what, String honest, Spelling spelling) {
        Network network = bench.fixture().offer().network();
        Rail rail = rail(bench, network);
        for (HostileText text : HostileText.around(honest)) {
            String step = "asked for the canonical spelling of an " + what + ": " + text.what();
            bench.doing(step);
            Optional<String> seen;
            try {
                seen = spelling.of(rail, network, text.value());
            } catch (RuntimeException crash) {
                throw new RuleViolation(step, "none", "threw " + Thrown.told(crash));
            }
            bench.check(seen.isEmpty(), step, "none", "a spelling");
        }
    }

    /** Accounts or assets. */
    @FunctionalInterface
    interface Spelling {
        /** Empty when the text is none. */
        Optional<String> of(Rail rail, Network network, String text);
    }
}
