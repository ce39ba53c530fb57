package dev.x402.core.payer;

import static java.util.Objects.requireNonNull;

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

    private Payer(Signing signing, Clock clock) {
        this.signing = signing;
        this.clock = clock;
    }

    /** Begins a payer with these plugins, which the caller closes. */
    public static Builder builder(Plugins plugins) {
        return new Builder(requireNonNull(plugins, "plugins"));
    }

    /** Begins to buy what stands at this address. */
    public PaymentIntent intent(String url) {
        return new Intent(requireNonNull(url, "url"), signing, clock);
    }

    /** Collects a payer; not safe for threads. */
    public static final class Builder {
        private final Plugins plugins;
        private @Nullable OfferPolicy offers;
        private @Nullable SpendPolicy spend;
        private @Nullable Clock clock;

        private Builder(Plugins plugins) {
            this.plugins = plugins;
        }

        /** The preference among offers; required. */
        public Builder offers(OfferPolicy policy) {
            offers = requireNonNull(policy, "offers");
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
         * @throws IllegalStateException when something required was not said
         */
        public Payer build() {
            if (offers == null || spend == null || clock == null) {
                throw new IllegalStateException("payer: expected offers, spend and clock, saw none for"
                        + (offers == null ? " offers" : "")
                        + (spend == null ? " spend" : "")
                        + (clock == null ? " clock" : ""));
            }
            return new Payer(new Signing(plugins, offers, spend), clock);
        }
    }
}
