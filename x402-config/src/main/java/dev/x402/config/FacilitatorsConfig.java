package dev.x402.config;

import dev.x402.core.router.FacilitatorRouter;
import dev.x402.core.router.Fee;
import dev.x402.core.router.RoutedFacilitator;
import dev.x402.core.router.RoutingPolicy;
import dev.x402.spec.NetworkPattern;
import dev.x402.spi.Facilitator;
import dev.x402.spi.plugins.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The section {@code facilitators}: who verifies and settles, and who of them is asked. */
public final class FacilitatorsConfig {
    private final List<Member> members;
    private final RoutingPolicy policy;
    private final List<Consumer<FacilitatorRouter.Builder>> settings;

    private FacilitatorsConfig(
            List<Member> members, RoutingPolicy policy, List<Consumer<FacilitatorRouter.Builder>> settings) {
        this.members = List.copyOf(members);
        this.policy = policy;
        this.settings = List.copyOf(settings);
    }

    private record Member(Connection connection, UnaryOperator<RoutedFacilitator> terms) {
        /** The connection, which prints no more than its name. */
        @Override
        public String toString() {
            return connection.toString();
        }
    }

    static FacilitatorsConfig of(Section facilitators) {
        facilitators.missing("members", "a list of facilitators");
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section.Item item : facilitators.items("members")) {
            item.section().ifPresent(section -> {
                member(section, names).ifPresent(members::add);
                section.finish();
            });
        }
        List<String> rules = new ArrayList<>();
        for (Section.Item item : facilitators.items("policy")) {
            item.parsed(FacilitatorsConfig::rules).ifPresent(rules::addAll);
        }
        List<Consumer<FacilitatorRouter.Builder>> settings = new ArrayList<>();
        facilitators.positive("refresh").ifPresent(length -> settings.add(router -> router.refresh(length)));
        facilitators.positive("forget").ifPresent(length -> settings.add(router -> router.forget(length)));
        facilitators.positive("honour").ifPresent(length -> settings.add(router -> router.honour(length)));
        facilitators.positive("verifyWithin").ifPresent(length -> settings.add(router -> router.verifyWithin(length)));
        facilitators.section("breaker").ifPresent(breaker -> {
            breaker(breaker).ifPresent(settings::add);
            breaker.finish();
        });
        return new FacilitatorsConfig(
                members, rules.isEmpty() ? RoutingPolicy.inOrder() : RoutingPolicy.parse(rules), settings);
    }

    private static Optional<Consumer<FacilitatorRouter.Builder>> breaker(Section breaker) {
        breaker.missing("failures", "how many failures open it");
        breaker.missing("of", "of how many calls");
        breaker.missing("open", "how long it stays open");
        Optional<Integer> failures = breaker.number("failures", 1);
        Optional<Integer> calls = breaker.number("of", 1);
        Optional<Duration> open = breaker.positive("open");
        if (failures.isEmpty() || calls.isEmpty() || open.isEmpty()) {
            return Optional.empty();
        }
        if (failures.get() > calls.get()) {
            breaker.problem(
                    "failures", "expected at most " + calls.get() + ", as many as calls, saw " + failures.get());
            return Optional.empty();
        }
        return Optional.of(router -> router.breaker(failures.get(), calls.get(), open.get()));
    }

    private static Optional<Member> member(Section member, Set<String> names) {
        member.missing("name", "a name that no other facilitator has");
        Optional<String> name = member.parsed("name", FacilitatorsConfig::name);
        name.filter(seen -> !names.add(seen))
                .ifPresent(seen -> member.problem(
                        "name", "expected a name that no other facilitator has, saw " + Shown.of(seen) + " again"));
        Connection connection = new Connection(name.orElse(""), member.address("url"), member.secret("token"));
        List<NetworkPattern> only = new ArrayList<>();
        member.items("only").forEach(item -> item.parsed(NetworkPattern::parse).ifPresent(only::add));
        Optional<Fee> fee = member.parsed("fee", Fee::parse);
        Optional<Integer> concurrent = member.number("concurrent", 1);
        boolean doubted = member.truth("doubted").orElse(false);
        UnaryOperator<RoutedFacilitator> terms = routed -> {
            RoutedFacilitator said = fee.map(routed::fee).orElse(routed);
            said = concurrent.isPresent() ? said.concurrent(concurrent.get()) : said;
            said = doubted ? said.doubted() : said;
            return only.isEmpty() ? said : said.only(only.toArray(NetworkPattern[]::new));
        };
        return name.map(present -> new Member(connection, terms));
    }

    private static List<String> rules(String rule) {
        try {
            return RoutingPolicy.parse(List.of(rule)).rules();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()).replaceFirst("^rule 1: ", ""), e);
        }
    }

    private static String name(String text) {
        if (!text.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("expected 1 to 64 of a-z, 0-9 and -, saw " + Shown.of(text));
        }
        return text;
    }

    /** How each facilitator is reached, in the order of the file. */
    public List<Connection> connections() {
        return members.stream().map(Member::connection).toList();
    }

    /** Who of them is asked. */
    public RoutingPolicy policy() {
        return policy;
    }

    /**
     * Begins a router with the facilitators that the application connects.
     *
     * <p>Clock, randomness and executor are still to be given. What was connected is closed by the caller, also when a
     * later connection fails.
     *
     * @param connect is asked once for each, in the order of the file; remote ones need {@code x402-http}
     */
    public FacilitatorRouter.Builder router(Plugins plugins, Function<Connection, ? extends Facilitator> connect) {
        FacilitatorRouter.Builder router = FacilitatorRouter.builder(plugins).policy(policy);
        for (Member member : members) {
            Facilitator facilitator = connect.apply(member.connection());
            router.add(member.terms()
                    .apply(RoutedFacilitator.of(member.connection().name(), facilitator)));
        }
        settings.forEach(setting -> setting.accept(router));
        return router;
    }

    /** How many facilitators there are. */
    @Override
    public String toString() {
        return members.size() + " facilitators";
    }
}
