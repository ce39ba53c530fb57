package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The engine's promises, in a world where everything goes wrong.
 *
 * <p>{@code -Dsimulation.seeds=5000} runs more seeds, {@code -Dsimulation.seed=42} runs one alone.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 500);
    private static final Long SEED = Long.getLong("simulation.seed");

    @Test
    void no_seed_breaks_a_promise() {
        LongStream seeds = SEED != null ? LongStream.of(SEED) : LongStream.rangeClosed(1, SEEDS);
        List<Simulation.Result> results =
                seeds.mapToObj(seed -> Simulation.run(seed, Mistake.NONE, true)).toList();
        System.out.println("simulation: " + Simulation.Result.sum(results));

        assertEquals(
                List.of(),
                results.stream().filter(Simulation.Result::isBroken).toList(),
                "run one again by -Dsimulation.seed=<seed>");
    }

    @Test
    void serves_everybody_when_nothing_goes_wrong() {
        List<Simulation.Result> results = runs(60, Mistake.NONE, false).toList();

        assertEquals(
                List.of(), results.stream().filter(Simulation.Result::isBroken).toList());
        assertEquals(0, results.stream().mapToInt(Simulation.Result::unserved).sum());
    }

    @Test
    void refuses_few_payments_even_when_everything_goes_wrong() {
        Simulation.Result sum =
                Simulation.Result.sum(runs(100, Mistake.NONE, true).toList());

        assertTrue(sum.unserved() * 5 < sum.intents(), sum::toString);
    }

    @Test
    void gives_an_equal_run_for_an_equal_seed() {
        assertEquals(Simulation.run(7, Mistake.NONE, true), Simulation.run(7, Mistake.NONE, true));
    }

    private static Stream<Simulation.Result> runs(int count, Mistake mistake, boolean faulty) {
        return LongStream.rangeClosed(1, count).mapToObj(seed -> Simulation.run(seed, mistake, faulty));
    }
}
