package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What the fee payers of one network have, and whose turn it is. */
final class Purses {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final List<SvmAddress> accounts;
    private final BigInteger least;
    private final Clock clock;
    private final Map<SvmAddress, BigInteger> seen = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicReference<Instant> lookAt = new AtomicReference<>(Instant.MIN);

    Purses(SvmSettlementPolicy policy, Clock clock) {
        this.accounts = policy.feePayers().stream()
                .map(signer -> SvmAddress.of(signer.address()))
                .toList();
        this.least = policy.minBalance();
        this.clock = clock;
    }

    List<SvmAddress> accounts() {
        return accounts;
    }

    /** Whether it is time to look; true for one caller only, until what it saw is old. */
    boolean isLookDue() {
        Instant due = lookAt.get();
        Instant now = clock.instant();
        return !now.isBefore(due) && lookAt.compareAndSet(due, now.plus(FRESH));
    }

    /** Notes the balances, in the order of the accounts; an account that is not there has nothing. */
    void seen(List<Json> states) {
        for (int i = 0; i < accounts.size(); i++) {
            ChainAccount account = ChainAccount.read(states.get(i));
            seen.put(accounts.get(i), account == null ? BigInteger.ZERO : account.lamports());
        }
        lookAt.set(clock.instant().plus(FRESH));
    }

    /** Looks again the next time: nothing was seen. */
    void unseen() {
        lookAt.set(clock.instant());
    }

    /** The balance that was seen last, in lamports. */
    Optional<BigInteger> balance(SvmAddress account) {
        return Optional.ofNullable(seen.get(account));
    }

    /** The next in turn that is not dry; when all are, the next in turn. */
    SvmAddress next() {
        List<SvmAddress> filled =
                accounts.stream().filter(account -> !isDry(account)).toList();
        List<SvmAddress> choice = filled.isEmpty() ? accounts : filled;
        return choice.get(Math.floorMod(turn.getAndIncrement(), choice.size()));
    }

    private boolean isDry(SvmAddress account) {
        return balance(account)
                .filter(lamports -> lamports.compareTo(least) < 0)
                .isPresent();
    }
}
