package dev.x402.tck;

import java.util.List;

/** RULES.md, from the annotations of the rules. */
final class RulesPaper {
    private RulesPaper() {}

    static String of(List<Rule> rules) {
        long must = rules.stream()
                .filter(rule -> rule.spec().level() == Level.MUST && !rule.isUntested())
                .count();
        long tested = rules.stream().filter(rule -> !rule.isUntested()).count();
        StringBuilder paper = new StringBuilder("# The rules of the kit\n\n")
                .append(tested)
                .append(" rules are tested, ")
                .append(must)
                .append(
                        " of them MUST. Written by a test from the annotations in `src/main/java/dev/x402/tck/*Rules.java`;\n")
                .append(
                        "renew it with `mvn -q test -pl tck -am -Dtest=RulesTest -Dsurefire.failIfNoSpecifiedTests=false")
                .append(" -Drules.write=true`.\n\n")
                .append(
                        "A rule quotes the sentence of the x402 specification that it enforces, or says why it follows.\n\n")
                .append("| rule | level | intent |\n| --- | --- | --- |\n");
        for (Rule rule : rules) {
            paper.append("| [")
                    .append(rule.id())
                    .append("](#")
                    .append(rule.anchor())
                    .append(") | ")
                    .append(rule.isUntested() ? "not tested" : rule.spec().level())
                    .append(" | ")
                    .append(rule.spec().intent())
                    .append(" |\n");
        }
        for (Rule rule : rules) {
            section(paper, rule);
        }
        return paper.toString();
    }

    private static void section(StringBuilder paper, Rule rule) {
        SpecRule spec = rule.spec();
        paper.append("\n## ").append(rule.id()).append("\n\n");
        paper.append("**")
                .append(spec.level())
                .append("**: ")
                .append(spec.intent())
                .append(".\n\n");
        line(paper, "From", spec.spec());
        line(paper, "It says", spec.quote().isEmpty() ? "" : "“" + spec.quote() + "”");
        line(paper, "It follows", spec.derived());
        line(paper, "The kit", spec.does());
        line(paper, "Usual causes", String.join("; ", spec.causes()));
        if (spec.needs().length > 0) {
            StringBuilder needs = new StringBuilder();
            for (Capability need : spec.needs()) {
                needs.append(needs.isEmpty() ? "" : ", ")
                        .append('`')
                        .append(need)
                        .append('`');
            }
            line(paper, "Needs", needs.toString());
        }
        line(paper, "Not tested", spec.untested());
    }

    private static void line(StringBuilder paper, String name, String value) {
        if (!value.isEmpty()) {
            paper.append("- ").append(name).append(": ").append(value).append('\n');
        }
    }
}
