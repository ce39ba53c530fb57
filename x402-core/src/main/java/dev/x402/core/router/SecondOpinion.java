package dev.x402.core.router;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Holds the word of a doubted facilitator against another that reads the same rail.
 *
 * <p>Before the work the other must find the payment valid; after a settlement it must find it spent.
 */
final class SecondOpinion {
    /** Reasons that say a payment is spent; an expired one, or a payer who is poor now, says nothing. */
    private static final Set<ErrorCode> SPENT =
            Set.of(ErrorCode.DUPLICATE_SETTLEMENT, new ErrorCode("invalid_exact_evm_nonce_already_used"));

    private final Collection<Member> members;
    private final Clock clock;
    private final Duration within;

    SecondOpinion(Collection<Member> members, Clock clock, Duration within) {
        this.members = members;
        this.clock = clock;
        this.within = within;
    }

    /** The judgement of the first other facilitator that has one. */
    Verification judge(Payment payment, Instant by) {
        Verification last = Member.unavailable("no second facilitator can be asked now");
        List<Member> others = members.stream()
                .filter(member -> !member.config().isDoubted() && member.serves(payment.requirements()))
                .toList();
        for (Member other : others) {
            Instant share = clock.instant().plus(within);
            last = other.verify(payment, share.isBefore(by) ? share : by);
            if (!(last instanceof Verification.Unavailable)) {
                return last;
            }
        }
        return last;
    }

    /** Whether another facilitator finds the payment spent. */
    boolean isSpent(Payment payment, Instant by) {
        return judge(payment, by) instanceof Verification.Invalid invalid && SPENT.contains(invalid.code());
    }
}
