package dev.x402.core.payer;

import dev.x402.core.Flow;
import dev.x402.core.payer.Contradictions.Demand;
import dev.x402.core.payer.PolicyConfigurationException.Problem;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gives a policy's words their meaning, and finds everything that is wrong with them. */
final class Binding {
    private final BuyerPolicy policy;
    private final Plugins plugins;
    private final Vocabulary vocabulary;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Condition.Limit> limits = new ArrayList<>();
    private final List<HostRule> hosts = new ArrayList<>();
    private final List<Criterion> criteria = new ArrayList<>();
    private final Set<AssetId> named = new LinkedHashSet<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<Object> said = new HashSet<>();

    /** A line of known words. */
    private record Line(Rule.Listed rule, int number, List<Term> terms) {}

    private Binding(BuyerPolicy policy, Plugins plugins) {
        this.policy = policy;
        this.plugins = plugins;
        this.vocabulary = new Vocabulary(plugins);
    }

    static BoundPolicy bind(BuyerPolicy policy, Plugins plugins) {
        return new Binding(policy, plugins).bind();
    }

    private BoundPolicy bind() {
        for (int i = 0; i < policy.rules().size(); i++) {
            read(policy.rules().get(i), policy.line(i));
        }
        conditions.add(new Condition.Known(Set.copyOf(named)));
        if (!limits.isEmpty()) {
            conditions.add(new Condition.Limits(List.copyOf(limits)));
        }
        findContradictions();
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line));
            throw new PolicyConfigurationException(problems);
        }
        criteria.add(new Criterion.Risk());
        if (criteria.stream().noneMatch(one -> one instanceof Criterion.Cheapest)) {
            criteria.add(new Criterion.Cheapest(Optional.empty()));
        }
        return new BoundPolicy(policy, plugins, conditions, hosts, criteria);
    }

    private void read(Rule rule, int line) {
        if (rule instanceof Rule.Limit limit) {
            readLimit(limit, line);
        } else if (rule instanceof Rule.Listed listed) {
            if (listed.subject() == Subject.HOST) {
                readHosts(listed, line);
            } else {
                readTerms(listed, line);
            }
        } else if (isNew(rule, rule, line)) {
            criteria.add(
                    rule == Rule.Measure.CHEAPEST
                            ? new Criterion.Cheapest(Optional.of(rule))
                            : new Criterion.Fastest(rule));
        }
    }

    private void readLimit(Rule.Limit rule, int line) {
        if (rule.most().units().signum() == 0) {
            problem(line, rule, "expected more than 0; a buyer that pays nothing needs no policy");
        }
        try {
            Term unit = vocabulary.unit(rule.most());
            if (isNew(rule, rule, line)) {
                limits.add(
                        new Condition.Limit(rule, unit, rule.most(), rule.most().units()));
                if (unit instanceof Term.One one) {
                    named.add(one.asset());
                }
            }
        } catch (Vocabulary.UnknownWordException e) {
            problem(line, rule, String.valueOf(e.getMessage()));
        }
    }

    private void readHosts(Rule.Listed rule, int line) {
        if (rule.verb() == Rule.Verb.PREFER) {
            problem(line, rule, "every offer of a challenge comes from one host; expected only or avoid");
            return;
        }
        List<HostPattern> patterns = new ArrayList<>();
        for (String word : rule.words()) {
            Optional<HostPattern> pattern = HostPattern.find(word);
            if (pattern.isEmpty()) {
                problem(
                        line,
                        rule,
                        "expected a host such as api.example.com, *.example.com or either with a port, saw "
                                + Shown.quoted(word));
            } else if (patterns.contains(pattern.get())) {
                problem(line, rule, "says " + Shown.quoted(word) + " twice");
            } else {
                patterns.add(pattern.get());
            }
        }
        if (patterns.size() == rule.words().size() && isNew(List.of(rule.verb(), patterns), rule, line)) {
            hosts.add(new HostRule(rule, line, List.copyOf(patterns)));
        }
    }

    private void readTerms(Rule.Listed rule, int line) {
        List<Term> terms = new ArrayList<>();
        for (String word : rule.words()) {
            try {
                Term term = vocabulary.term(rule.subject(), word);
                if (terms.contains(term)) {
                    problem(line, rule, "says " + Shown.quoted(word) + " twice");
                } else {
                    terms.add(term);
                }
            } catch (Vocabulary.UnknownWordException e) {
                problem(line, rule, String.valueOf(e.getMessage()));
            }
        }
        if (terms.size() < rule.words().size()) {
            return;
        }
        Set<Subject> subjects = terms.stream().map(Term::subject).collect(Collectors.toSet());
        if (subjects.size() > 1) {
            problem(line, rule, "speaks of networks and of assets; write a line for each");
        } else if (isNew(List.of(rule.verb(), terms), rule, line)) {
            add(new Line(rule, line, List.copyOf(terms)));
        }
    }

    private void add(Line line) {
        lines.add(line);
        if (line.rule().verb() != Rule.Verb.AVOID) {
            line.terms().stream()
                    .filter(term -> term instanceof Term.One)
                    .forEach(term -> named.add(((Term.One) term).asset()));
        }
        switch (line.rule().verb()) {
            case ONLY -> conditions.add(new Condition.Only(line.rule(), line.terms()));
            case AVOID -> conditions.add(new Condition.Avoid(line.rule(), line.terms()));
            case PREFER -> criteria.add(new Criterion.Preference(line.rule(), line.terms()));
        }
    }

    /** Whether nobody said it before, with these words or others. */
    private boolean isNew(Object meaning, Rule rule, int line) {
        boolean first = said.add(meaning);
        if (!first) {
            problem(line, rule, "is said twice; drop one");
        }
        return first;
    }

    private void problem(int line, Rule rule, String message) {
        problems.add(new Problem(line, 0, '"' + rule.toString() + "\": " + message));
    }

    private void findContradictions() {
        List<Demand<Candidate>> money = demands(Set.of(Subject.NETWORK, Subject.ASSET, Subject.PAYEE));
        if (!limits.isEmpty()) {
            String text = limits.stream().map(limit -> limit.rule().toString()).collect(Collectors.joining(", "));
            int line = limits.size() == 1 ? lineOf(limits.get(0).rule()) : 0;
            Condition.Limits all = new Condition.Limits(List.copyOf(limits));
            money.add(new Demand<>(text, line, false, all::allows));
        }
        find(payable(), money, wishes(Set.of(Subject.NETWORK, Subject.ASSET, Subject.PAYEE)));
        find(byScheme(), demands(Set.of(Subject.SCHEME)), wishes(Set.of(Subject.SCHEME)));
        find(byFlow(), demands(Set.of(Subject.FLOW)), wishes(Set.of(Subject.FLOW)));
        List<HostPattern> allowed = hosts.stream()
                .filter(HostRule::isOnly)
                .flatMap(rule -> rule.patterns().stream())
                .toList();
        if (!allowed.isEmpty()) {
            List<Demand<HostPattern>> demands = hosts.stream()
                    .map(rule ->
                            new Demand<HostPattern>(rule.rule().toString(), rule.line(), rule.isOnly(), rule::allows))
                    .toList();
            problems.addAll(new Contradictions<>(allowed, demands, List.of()).find());
        }
    }

    private void find(List<Candidate> world, List<Demand<Candidate>> demands, List<Demand<Candidate>> wishes) {
        problems.addAll(new Contradictions<>(world, demands, wishes).find());
    }

    private int lineOf(Rule rule) {
        return policy.line(policy.rules().indexOf(rule));
    }

    private List<Demand<Candidate>> demands(Set<Subject> subjects) {
        List<Demand<Candidate>> demands = new ArrayList<>();
        for (Line line : about(subjects)) {
            Rule.Listed rule = line.rule();
            if (rule.verb() == Rule.Verb.ONLY) {
                Condition only = new Condition.Only(rule, line.terms());
                demands.add(new Demand<>(rule.toString(), line.number(), true, only::allows));
            } else if (rule.verb() == Rule.Verb.AVOID) {
                Condition avoid = new Condition.Avoid(rule, line.terms());
                demands.add(new Demand<>(rule.toString(), line.number(), false, avoid::allows));
            }
        }
        return demands;
    }

    private List<Demand<Candidate>> wishes(Set<Subject> subjects) {
        List<Demand<Candidate>> wishes = new ArrayList<>();
        for (Line line : about(subjects)) {
            if (line.rule().verb() == Rule.Verb.PREFER) {
                for (int i = 0; i < line.terms().size(); i++) {
                    String text = new Rule.Listed(
                                    Rule.Verb.PREFER,
                                    line.rule().subject(),
                                    List.of(line.rule().words().get(i)))
                            .toString();
                    wishes.add(new Demand<>(
                            text, line.number(), false, line.terms().get(i)::matches));
                }
            }
        }
        return wishes;
    }

    private List<Line> about(Set<Subject> subjects) {
        return lines.stream()
                .filter(line -> subjects.contains(line.terms().get(0).subject()))
                .toList();
    }

    /** Every asset, paid to nobody and to every account that a line names. */
    private List<Candidate> payable() {
        List<Candidate> world = new ArrayList<>(World.of(plugins, named));
        for (Candidate offer : List.copyOf(world)) {
            Network network = offer.offer().network();
            Set<String> accounts = new TreeSet<>();
            for (Line line : about(Set.of(Subject.PAYEE))) {
                for (Term term : line.terms()) {
                    if (term instanceof Term.Payee payee && payee.accounts().containsKey(network)) {
                        accounts.add(payee.accounts().get(network));
                    } else if (term instanceof Term.ForeignPayee foreign) {
                        accounts.add(foreign.account());
                    }
                }
            }
            accounts.forEach(account -> world.add(World.offer(offer.assetId(), account, plugins)));
        }
        return world;
    }

    private List<Candidate> byScheme() {
        return plugins.schemeNames().isEmpty() && about(Set.of(Subject.SCHEME)).isEmpty()
                ? List.of(any("any", Json.Obj.EMPTY))
                : plugins.schemeNames().stream()
                        .map(name -> any(name, Json.Obj.EMPTY))
                        .toList();
    }

    private static List<Candidate> byFlow() {
        return Arrays.stream(Flow.values())
                .map(flow -> any("any", Json.Obj.EMPTY.with(Flow.MEMBER, flow.word())))
                .toList();
    }

    private static Candidate any(String scheme, Json.Obj extra) {
        Network network = Network.parse("any:any");
        PaymentRequirements offer =
                PaymentRequirements.of(new Kind(scheme, network), AtomicAmount.ZERO, "any", "any", 1, extra);
        return new Candidate(offer, offer.assetId(), Optional.empty(), Optional.empty());
    }

    /** Which hosts may ask. */
    record HostRule(Rule.Listed rule, int line, List<HostPattern> patterns) {
        boolean isOnly() {
            return rule.verb() == Rule.Verb.ONLY;
        }

        boolean allows(HostPattern host) {
            for (int i = 0; i < patterns.size(); i++) {
                if (patterns.get(i).covers(host)) {
                    return isOnly();
                }
            }
            return !isOnly();
        }

        String refusal(Optional<HostPattern> host) {
            return '"' + rule.toString() + "\": "
                    + host.map(known -> "the host is " + known).orElse("the address has no host that can be read");
        }
    }
}
