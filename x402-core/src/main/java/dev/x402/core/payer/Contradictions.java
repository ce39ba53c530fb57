package dev.x402.core.payer;

import dev.x402.core.payer.PolicyConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds what can never be fulfilled in a finite world.
 *
 * @param <E> one thing of that world
 */
final class Contradictions<E> {
    private final List<E> world;
    private final List<Demand<E>> demands;
    private final List<Demand<E>> wishes;

    /**
     * @param world everything that there is
     * @param demands that must all hold at once
     * @param wishes each of which must be possible
     */
    Contradictions(List<E> world, List<Demand<E>> demands, List<Demand<E>> wishes) {
        this.world = world;
        this.demands = demands;
        this.wishes = wishes;
    }

    /** A line, or one word of it, and what it lets pass. */
    record Demand<E>(String text, int line, boolean isOnly, Predicate<E> allows) {
        String quoted() {
            return '"' + text + '"' + (line == 0 ? "" : " (line " + line + ")");
        }
    }

    List<Problem> find() {
        List<Problem> problems = new ArrayList<>();
        List<Demand<E>> left = new ArrayList<>(demands);
        while (!isPossible(world, left)) {
            List<Demand<E>> core = core(world, left);
            if (core.isEmpty()) {
                problems.add(new Problem(
                        0,
                        0,
                        "nothing can be paid: no asset source knows an asset, and no line names one; add the jar of"
                                + " a plugin, or name an asset by its identifier"));
                return problems;
            }
            left.removeAll(core);
            problems.add(empty(core));
        }
        for (Demand<E> wish : wishes) {
            List<E> wished = world.stream().filter(wish.allows()).toList();
            if (!isPossible(wished, left)) {
                problems.add(vain(wish, core(wished, left)));
            }
        }
        return problems;
    }

    private boolean isPossible(List<E> among, List<Demand<E>> these) {
        return among.stream()
                .anyMatch(
                        one -> these.stream().allMatch(demand -> demand.allows().test(one)));
    }

    /** The fewest demands that nothing fulfils together, found by leaving out one after the other. */
    private List<Demand<E>> core(List<E> among, List<Demand<E>> these) {
        List<Demand<E>> core = new ArrayList<>(these);
        for (Demand<E> demand : these) {
            List<Demand<E>> without = new ArrayList<>(core);
            without.remove(demand);
            if (!isPossible(among, without)) {
                core = without;
            }
        }
        return core;
    }

    private Problem empty(List<Demand<E>> core) {
        boolean alternatives = core.stream().filter(Demand::isOnly).count() > 1;
        return new Problem(
                core.stream().mapToInt(Demand::line).max().orElse(0),
                0,
                names(core) + (core.size() == 1 ? " leaves" : " leave") + " nothing that can be paid; drop or change "
                        + (core.size() == 1 ? "it" : "one of them")
                        + (alternatives ? ", or write alternatives in one line, with commas" : ""));
    }

    private Problem vain(Demand<E> wish, List<Demand<E>> core) {
        return new Problem(
                wish.line(),
                0,
                '"' + wish.text() + "\" can never be met: "
                        + (core.isEmpty()
                                ? "nothing that the plugins know is it"
                                : names(core) + " refuse" + (core.size() == 1 ? "s" : "") + " it"));
    }

    private static <E> String names(List<Demand<E>> core) {
        return core.stream().map(Demand::quoted).collect(Collectors.joining(" and "));
    }
}
