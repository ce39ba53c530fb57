package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What gas a token's transfers were estimated to need, kept for a minute.
 *
 * <p>An estimate runs the transfer a dozen times. Under a limit that was estimated a moment ago it is run once: if that
 * succeeds, the limit is enough for it. Bounded; safe for threads.
 */
final class GasLimits {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final int MOST = 1024;

    private final Clock clock;
    private final ConcurrentHashMap<Transfer, Limit> limits = new ConcurrentHashMap<>();

    private record Transfer(Network network, Address token, int callDataLength) {}

    private record Limit(BigInteger gas, Instant until) {}

    GasLimits(Clock clock) {
        this.clock = clock;
    }

    /** What such a transfer needed a moment ago; empty: it must be estimated. */
    Optional<BigInteger> known(Network network, SignedTransfer transfer) {
        return Optional.ofNullable(limits.get(of(network, transfer)))
                .filter(limit -> clock.instant().isBefore(limit.until()))
                .map(Limit::gas);
    }

    /** The most that was estimated within the minute counts. */
    void estimated(Network network, SignedTransfer transfer, BigInteger gas) {
        Instant now = clock.instant();
        if (limits.size() >= MOST) {
            limits.values().removeIf(limit -> !now.isBefore(limit.until()));
        }
        if (limits.size() < MOST) {
            limits.compute(
                    of(network, transfer),
                    (key, seen) -> new Limit(
                            seen != null && now.isBefore(seen.until())
                                    ? seen.gas().max(gas)
                                    : gas,
                            now.plus(GOOD_FOR)));
        }
    }

    private static Transfer of(Network network, SignedTransfer transfer) {
        return new Transfer(network, transfer.token().contract(), transfer.callData().length);
    }
}
