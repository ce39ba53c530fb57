package dev.x402.core.router;

import dev.x402.spec.ErrorCode;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Holds the word of a doubted facilitator against another that reads the same rail.
 *
 * <p>Before the work the other must find the payment valid; after a settlement it must find it spent.
 */
final class SecondOpinion {
    private final Plugins plugins;
    private final Collection<Member> members;
    private final Clock clock;
    private final Duration within;

    SecondOpinion(Plugins plugins, Collection<Member> members, Clock clock, Duration within) {
        this.plugins = plugins;
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

    /** Whether another facilitator finds the payment spent, in whose words ever. */
    boolean isSpent(Payment payment, Instant by) {
        return judge(payment, by) instanceof Verification.Invalid invalid
                && (invalid.code().equals(ErrorCode.DUPLICATE_SETTLEMENT)
                        || plugins.scheme(payment.kind())
                                .filter(scheme -> scheme.spent().contains(invalid.code()))
                                .isPresent());
    }
}
