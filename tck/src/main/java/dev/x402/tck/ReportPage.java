package dev.x402.tck;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one page without scripts. */
final class ReportPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2330; --soft: #667085; --line: #e4e7ec; --paper: #ffffff; --card: #f8f9fb; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6e9ef; --soft: #98a2b3; --line: #2b3342; --paper: #12161f; --card: #1a202c; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
              max-width: 62rem; margin: 2.5rem auto; padding: 0 1.25rem; }
            h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
            .soft, dt { color: var(--soft); } code, .id { font-family: ui-monospace, monospace; font-size: .86em; }
            .verdict { display: inline-block; padding: .15rem .7rem; border-radius: 1rem; color: #fff; background: #667085; }
            .verdict.CONFORMANT { background: #067647; } .verdict.NOT_CONFORMANT { background: #b42318; }
            .verdict.PARTIAL, .verdict.NOT_JUDGED { background: #b54708; }
            .totals span { margin-right: 1.1rem; }
            details, .row { border: 1px solid var(--line); border-radius: .5rem; margin: .35rem 0; padding: .5rem .8rem; }
            details[open] { background: var(--card); } summary { cursor: pointer; }
            .tag { display: inline-block; min-width: 8.2rem; font-size: .78em; font-weight: 600; letter-spacing: .02em; }
            .PASS { color: #067647; } .FAIL, .STALE { color: #d92d20; } .WARN, .INCONCLUSIVE { color: #dc6803; }
            .NOT_APPLICABLE, .UNTESTED, .EXPECTED_FAIL { color: var(--soft); }
            dl { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem .8rem; margin: .6rem 0 .2rem; } dd { margin: 0; overflow-wrap: anywhere; }
            """;

    private ReportPage() {}

    static String of(RunLog log) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(safe(log.testClass().getSimpleName()))
                .append(": x402 compatibility</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n");
        head(page, log);
        List<RuleResult> results = log.results();
        section(
                page,
                log,
                "To be looked at",
                results.stream().filter(ReportPage::isOpen).toList());
        section(page, log, "Holds", only(results, RuleOutcome.PASS));
        section(
                page,
                log,
                "Not judged",
                results.stream().filter(ReportPage::isIdle).toList());
        return page.append("</body></html>\n").toString();
    }

    private static void head(StringBuilder page, RunLog log) {
        Subject subject = log.subject();
        page.append("<h1>")
                .append(safe(log.testClass().getSimpleName()))
                .append(" <span class=\"verdict ")
                .append(log.verdict())
                .append("\">")
                .append(log.verdict().words())
                .append("</span></h1>\n<p class=\"totals soft\">");
        for (Map.Entry<RuleOutcome, Long> total : log.totals().entrySet()) {
            page.append("<span class=\"")
                    .append(total.getKey())
                    .append("\">")
                    .append(total.getValue())
                    .append(' ')
                    .append(words(total.getKey()))
                    .append("</span>");
        }
        page.append("</p>\n<dl>");
        fact(page, "scheme", subject.name() + " on " + subject.networks() + ", " + subject.scheme());
        fact(page, "from", subject.from() + (subject.sha256().isEmpty() ? "" : " sha256 " + subject.sha256()));
        fact(page, "claims", String.join(", ", subject.capabilities()));
        subject.unsigned().forEach((leaf, reason) -> fact(page, "unsigned", leaf + ": " + reason));
        fact(page, "kit", RunLog.version() + ", seed " + log.settings().seed() + ", Java " + Runtime.version());
        page.append("</dl>\n");
    }

    private static void section(StringBuilder page, RunLog log, String title, List<RuleResult> results) {
        if (results.isEmpty()) {
            return;
        }
        page.append("<h2>").append(title).append("</h2>\n");
        for (RuleResult result : results) {
            SpecRule spec = result.rule().spec();
            page.append("<details")
                    .append(result.isBad() ? " open" : "")
                    .append("><summary><span class=\"tag ")
                    .append(result.outcome())
                    .append("\">")
                    .append(words(result.outcome()))
                    .append("</span><span class=\"id\">")
                    .append(safe(result.rule().id()))
                    .append("</span> ")
                    .append(safe(spec.intent()))
                    .append("</summary><dl>");
            fact(page, "level", spec.level() + ", x402 " + spec.spec());
            fact(page, "says", spec.quote());
            fact(page, "follows", spec.derived());
            fact(page, "the kit", spec.does());
            fact(page, "did", result.did());
            fact(page, "expected", result.expected());
            fact(page, "observed", result.observed());
            fact(page, "usual causes", String.join("; ", spec.causes()));
            fact(
                    page,
                    "repeat",
                    "-Dx402.tck.only=" + result.rule().id() + " -Dx402.tck.seed="
                            + log.settings().seed());
            fact(page, "took", result.millis() + " ms");
            page.append("</dl></details>\n");
        }
    }

    private static void fact(StringBuilder page, String name, String value) {
        if (!value.isBlank()) {
            page.append("<dt>")
                    .append(name)
                    .append("</dt><dd>")
                    .append(safe(value))
                    .append("</dd>");
        }
    }

    private static boolean isOpen(RuleResult result) {
        return result.isBad() || result.outcome() == RuleOutcome.WARN || result.outcome() == RuleOutcome.EXPECTED_FAIL;
    }

    private static boolean isIdle(RuleResult result) {
        return result.outcome() == RuleOutcome.NOT_APPLICABLE || result.outcome() == RuleOutcome.UNTESTED;
    }

    private static List<RuleResult> only(List<RuleResult> results, RuleOutcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).toList();
    }

    private static String words(RuleOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
