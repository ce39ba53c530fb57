package dev.x402.benchmarks.load;

import dev.x402.benchmarks.load.ClosedLoop.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What was measured, round by round, and what was asked. */
final class Figures {
    private final List<Double> emptyStarts = new ArrayList<>();
    private final List<Double> ourStarts = new ArrayList<>();
    private final List<Three> verified = new ArrayList<>();
    private final List<Three> settled = new ArrayList<>();
    private double theirStart;
    private double ourMemory;
    private double theirMemory;

    /** One round of the three. */
    private record Three(Seen ours, Seen reference, Seen node) {}

    void start(Program empty, Program ours) {
        emptyStarts.add(empty.startMillis());
        ourStarts.add(ours.startMillis());
    }

    void verified(Seen ours, Seen reference, Seen node) {
        verified.add(told("verify", new Three(ours, reference, node)));
    }

    void settled(Seen ours, Seen reference, Seen node) {
        settled.add(told("settle", new Three(ours, reference, node)));
    }

    /** The first start filled the caches of the system, the first rounds warmed the programs. */
    void forgetWarmup() {
        emptyStarts.remove(0);
        ourStarts.remove(0);
        verified.clear();
        settled.clear();
    }

    void end(Program ours, Program theirs) throws IOException {
        theirStart = theirs.startMillis();
        ourMemory = ours.residentMegabytes();
        theirMemory = theirs.residentMegabytes();
    }

    /** The cells but for the date: what, ours, the reference's, a third one's, what is asked. */
    List<List<String>> rows() {
        double verify = median(verified, three -> three.ours.perSecond());
        double verifyTheirs = median(verified, three -> three.reference.perSecond());
        double verifyNode = median(verified, three -> three.node.perSecond());
        double settle = median(settled, three -> three.ours.perSecond());
        double settleTheirs = median(settled, three -> three.reference.perSecond());
        double settleNode = median(settled, three -> three.node.perSecond());
        double start = median(ourStarts);
        double empty = median(emptyStarts);
        return List.of(
                row(
                        "`/verify`, 16 clients, answers a second",
                        verify,
                        beside(verify, verifyTheirs),
                        "eth_call " + beside(verify, verifyNode),
                        "8 × the reference or 0.6 × the node",
                        verify >= Math.min(8 * verifyTheirs, 0.6 * verifyNode)),
                late("`/verify`, 16 clients, p99 in milliseconds", verified),
                row(
                        "`/settle`, 64 clients, answers a second",
                        settle,
                        beside(settle, settleTheirs),
                        "send and receipt " + beside(settle, settleNode),
                        "2.5 × the reference and 0.6 × the node",
                        settle >= 2.5 * settleTheirs && settle >= 0.6 * settleNode),
                late("`/settle`, 64 clients, p99 in milliseconds", settled),
                row(
                        "start to the first answer, milliseconds",
                        start,
                        beside(start, theirStart),
                        "an empty HttpServer " + beside(start, empty),
                        "1.3 × the empty server",
                        start <= 1.3 * empty),
                row(
                        "most memory resident, -Xmx96m, megabytes",
                        ourMemory,
                        beside(ourMemory, theirMemory),
                        "",
                        "200",
                        ourMemory <= 200));
    }

    private static Three told(String what, Three three) {
        System.out.println(what + ": " + three);
        return three;
    }

    private static List<String> late(String what, List<Three> rounds) {
        double ours = median(rounds, three -> three.ours.p99Millis());
        double theirs = median(rounds, three -> three.reference.p99Millis());
        return row(
                what,
                ours,
                beside(ours, theirs),
                beside(ours, median(rounds, three -> three.node.p99Millis())),
                "a third of the reference",
                ours <= theirs / 3);
    }

    private static List<String> row(
            String what, double ours, String reference, String third, String asked, boolean held) {
        return List.of(what, number(ours), reference, third, asked + (held ? "" : ", missed"));
    }

    private static String beside(double ours, double other) {
        return number(other) + " (" + number(ours / other) + " ×)";
    }

    private static double median(List<Three> rounds, ToDoubleFunction<Three> figure) {
        return median(rounds.stream().map(figure::applyAsDouble).toList());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
