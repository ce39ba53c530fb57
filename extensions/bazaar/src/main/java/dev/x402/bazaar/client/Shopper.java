package dev.x402.bazaar.client;

import static java.util.Objects.requireNonNull;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.OfferPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicy;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Buys from services that a catalogue named, under the payer's own policy and budget.
 *
 * <p>The service's own 402 is what is judged. It is paid only if it keeps what was listed (way, asset, payee, and no
 * higher amount), and the payer's policy and budget allow it: a listing alone never makes anything be paid. Immutable,
 * safe for threads.
 */
public final class Shopper {
    private final Plugins plugins;
    private final Clock clock;
    private final OfferPolicy policy;
    private final SpendPolicy spend;
    private final HttpClient http;
    private final Duration within;
    private final int most;

    private Shopper(Builder builder, OfferPolicy policy, SpendPolicy spend) {
        this.policy = policy;
        this.spend = spend;
        plugins = builder.plugins;
        clock = builder.clock;
        within = builder.within;
        most = builder.most;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Begins a shopper that pays by these plugins, which the caller closes. */
    public static Builder builder(Plugins plugins, Clock clock) {
        return new Builder(plugins, clock);
    }

    /** What may be chosen about a shopper; not safe for threads. */
    public static final class Builder {
        private final Plugins plugins;
        private final Clock clock;
        private Optional<BuyerPolicy> policy = Optional.empty();
        private Optional<SpendPolicy> spend = Optional.empty();
        private Duration within = Duration.ofSeconds(60);
        private int most = 5;

        private Builder(Plugins plugins, Clock clock) {
            this.plugins = requireNonNull(plugins, "plugins");
            this.clock = requireNonNull(clock, "clock");
        }

        /** What the payer wants and refuses; required. */
        public Builder policy(BuyerPolicy lines) {
            policy = Optional.of(lines);
            return this;
        }

        /** What may be spent; required. */
        public Builder spend(SpendPolicy limits) {
            spend = Optional.of(limits);
            return this;
        }

        /** How long one service may take, payment included; 60 seconds by default. */
        public Builder within(Duration limit) {
            within = requireNonNull(limit, "limit");
            return this;
        }

        /** The most services that are asked for one purchase; 5 by default. */
        public Builder most(int services) {
            if (services < 1) {
                throw new IllegalArgumentException("most: expected 1 or more services, saw " + services);
            }
            most = services;
            return this;
        }

        /**
         * The shopper.
         *
         * @throws IllegalStateException when policy or budget was not said, or nothing limits what is paid
         * @throws dev.x402.core.payer.PolicyConfigurationException when the plugins do not know the policy's words
         */
        public Shopper build() {
            if (policy.isEmpty() || spend.isEmpty()) {
                throw new IllegalStateException("shopper: expected policy and spend, saw none for"
                        + (policy.isEmpty() ? " policy" : "") + (spend.isEmpty() ? " spend" : ""));
            }
            OfferPolicy bound = policy.get().with(plugins);
            Payer.builder(plugins).offers(bound).spend(spend.get()).clock(clock).build();
            return new Shopper(this, bound, spend.get());
        }
    }

    /**
     * Asks one service after the other until one is bought.
     *
     * <p>A service that may have been paid, or answers for nothing, is the last, too.
     *
     * @param services as they were found, in the order to ask them
     * @param handler of the body; not asked for the body of a 402
     * @throws InterruptedException when the thread was interrupted; a payment may have been handed out, as the spend
     *     policy knows
     */
    public <T> Bought<T> buy(List<Service> services, BodyHandler<T> handler) throws InterruptedException {
        List<Bought.Tried<T>> tried = new ArrayList<>();
        for (Service service : services.subList(0, Math.min(most, services.size()))) {
            Optional<Outcome<T>> outcome = ask(service, handler);
            tried.add(new Bought.Tried<>(service, outcome));
            if (outcome.filter(Shopper::ends).isPresent()) {
                break;
            }
        }
        return new Bought<>(tried);
    }

    private <T> Optional<Outcome<T>> ask(Service service, BodyHandler<T> handler) throws InterruptedException {
        Payer payer = Payer.builder(plugins)
                .offers(new AsListed(service, plugins, policy))
                .spend(spend)
                .clock(clock)
                .build();
        PayingClient client = PayingClient.builder(payer, clock)
                .http(http)
                .within(within)
                .redirects(0)
                .build();
        try {
            return Optional.of(client.send(service.request(), handler));
        } catch (IOException nothingWasHandedOut) {
            return Optional.empty();
        }
    }

    /** Whether the purchase is over: what was paid, or may be, is not bought again elsewhere. */
    private static boolean ends(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Free<?> free) {
            return free.response().statusCode() < 300;
        }
        return !(outcome instanceof Outcome.Refused<?>);
    }
}
