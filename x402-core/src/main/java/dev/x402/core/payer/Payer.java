package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentRequired;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's side: chooses an offer by policy and signs it once.
 *
 * <p>The only place that asks a scheme for a signature. Immutable, safe for threads.
 */
public final class Payer {
    private final Signing signing;
    private final Clock clock;
    private final Proofs proofs;

    private Payer(Signing signing, Clock clock, Proofs proofs) {
        this.signing = signing;
        this.clock = clock;
        this.proofs = proofs;
    }

    /** Begins a payer with these plugins, which the caller closes. */
    public static Builder builder(Plugins plugins) {
        return new Builder(requireNonNull(plugins, "plugins"));
    }

    /** Begins to buy what stands at this address. */
    public PaymentIntent intent(String url) {
        return new Intent(requireNonNull(url, "url"), signing, clock);
    }

    /**
     * What the policy says of every offer that came from this address.
     *
     * <p>Nothing is reserved and nothing signed: a budget may still refuse what stands here as chosen.
     */
    public Explanation explain(String url, PaymentRequired required) {
        return signing.explain(requireNonNull(url, "url"), requireNonNull(required, "required"));
    }

    /** What the payer's extensions can show instead of paying. */
    public Proofs proofs() {
        return proofs;
    }

    /**
     * The same payer, whose intents belong to a task: a piece of work with a budget of its own.
     *
     * @param task as the application names it
     */
    public Payer forTask(String task) {
        return new Payer(signing.forTask(requireNonNull(task, "task")), clock, proofs);
    }

    /** Collects a payer; not safe for threads. */
    public static final class Builder {
        private final Plugins plugins;
        private @Nullable OfferPolicy offers;
        private @Nullable BuyerPolicy lines;
        private @Nullable SpendPolicy spend;
        private @Nullable Clock clock;

        private Builder(Plugins plugins) {
            this.plugins = plugins;
        }

        /** The preference among offers; this or lines are required. */
        public Builder offers(OfferPolicy policy) {
            offers = requireNonNull(policy, "offers");
            lines = null;
            return this;
        }

        /** The preference among offers, in the words of the payer's plugins. */
        public Builder offers(BuyerPolicy policy) {
            lines = requireNonNull(policy, "offers");
            offers = null;
            return this;
        }

        /** What may be spent; required. */
        public Builder spend(SpendPolicy policy) {
            spend = requireNonNull(policy, "spend");
            return this;
        }

        /** The clock of deadlines; required. */
        public Builder clock(Clock source) {
            clock = requireNonNull(source, "clock");
            return this;
        }

        /**
         * The payer.
         *
         * @throws IllegalStateException when something required was not said, or nothing limits what is paid
         * @throws PolicyConfigurationException when the plugins do not know the policy's words or it contradicts itself
         */
        public Payer build() {
            OfferPolicy policy = lines == null ? offers : lines.with(plugins);
            if (policy == null || spend == null || clock == null) {
                throw new IllegalStateException("payer: expected offers, spend and clock, saw none for"
                        + (policy == null ? " offers" : "")
                        + (spend == null ? " spend" : "")
                        + (clock == null ? " clock" : ""));
            }
            if (policy instanceof BoundPolicy bound && !bound.policy().limits() && SpendPolicies.isUnlimited(spend)) {
                throw new IllegalStateException(
                        "payer: nothing limits what is paid; say \"at most 0.05 USD per payment\""
                                + " in the policy, or give a budget");
            }
            return new Payer(new Signing(plugins, policy, spend), clock, new Proofs(plugins));
        }
    }
}
