package dev.x402.core.router;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a router was built with and its members need.
 *
 * @param refresh how long an answer about what is served is used
 * @param forget how long kinds are offered after the last answer
 * @param honour how long offers made under earlier kinds are routed
 * @param failures of the last calls, after which a facilitator is left alone
 * @param of how many calls these are counted
 * @param open how long it is left alone
 */
record Terms(
        Clock clock,
        RandomGenerator random,
        Executor executor,
        Duration refresh,
        Duration forget,
        Duration honour,
        int failures,
        int of,
        Duration open) {}
