package dev.x402.http.client;

import static java.util.Objects.requireNonNull;

import dev.x402.core.payer.Payer;
import dev.x402.core.payer.PaymentIntent;
import dev.x402.spec.HeaderNames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/**
 * An HTTP client that pays when it is asked to.
 *
 * <p>One request signs at most one payment, however often it is sent again. The payment goes to the origin that asked
 * for it and nowhere else, by {@code https} or within this machine. Redirects are followed before paying, never after,
 * and not from the public net into a private one. Immutable, safe for threads.
 */
public final class PayingClient {
    private final Payer payer;
    private final Clock clock;
    private final HttpClient http;
    private final Executor executor;
    private final Duration within;
    private final int redirects;
    private final int bodyLimit;
    private final ResourceCheck resourceCheck;
    private final boolean cleartext;

    private PayingClient(PayingClient other, Payer payer) {
        this.payer = payer;
        clock = other.clock;
        http = other.http;
        executor = other.executor;
        within = other.within;
        redirects = other.redirects;
        bodyLimit = other.bodyLimit;
        resourceCheck = other.resourceCheck;
        cleartext = other.cleartext;
    }

    private PayingClient(Builder builder) {
        payer = builder.payer;
        clock = builder.clock;
        executor = builder.executor;
        within = builder.within;
        redirects = builder.redirects;
        bodyLimit = builder.bodyLimit;
        resourceCheck = builder.resourceCheck;
        cleartext = builder.cleartext;
        http = builder.http.orElseGet(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build());
    }

    /** Starts a client that pays by this payer. */
    public static Builder builder(Payer payer, Clock clock) {
        return new Builder(payer, clock);
    }

    /** What may be chosen about a client; not safe for threads. */
    public static final class Builder {
        private final Payer payer;
        private final Clock clock;
        private Optional<HttpClient> http = Optional.empty();
        private Executor executor = ForkJoinPool.commonPool();
        private Duration within = Duration.ofSeconds(60);
        private int redirects = 5;
        private int bodyLimit = 1024 * 1024;
        private ResourceCheck resourceCheck = ResourceCheck.samePath();
        private boolean cleartext;

        private Builder(Payer payer, Clock clock) {
            this.payer = requireNonNull(payer, "payer");
            this.clock = requireNonNull(clock, "clock");
        }

        /**
         * The client to send with; by default one of its own for HTTP/1.1.
         *
         * @throws IllegalArgumentException when it follows redirects
         */
        public Builder http(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException("http: expected a client that follows no redirect, saw "
                        + client.followRedirects() + "; a redirect could carry a payment to another origin");
            }
            http = Optional.of(client);
            return this;
        }

        /** Where signing happens, which may wait for a rail; the common pool by default. */
        public Builder executor(Executor where) {
            executor = requireNonNull(where, "where");
            return this;
        }

        /** How long a request and all its repetitions may take; 60 seconds by default. */
        public Builder within(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("within: expected a time above zero, saw " + limit);
            }
            within = limit;
            return this;
        }

        /** How many redirects are followed before paying; 5 by default, 0 for none. */
        public Builder redirects(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("redirects: expected 0 or more, saw " + most);
            }
            redirects = most;
            return this;
        }

        /** The longest body of a request that can be sent twice, in bytes; 1 MiB by default. */
        public Builder bodyLimit(int bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("bodyLimit: expected 0 or more bytes, saw " + bytes);
            }
            bodyLimit = bytes;
            return this;
        }

        /** Which resource a challenge may name; the same host, port and path by default. */
        public Builder resourceCheck(ResourceCheck check) {
            resourceCheck = requireNonNull(check, "check");
            return this;
        }

        /** Pays also over plain {@code http} to other machines; anybody on the way may change the challenge. */
        public Builder cleartext() {
            cleartext = true;
            return this;
        }

        /** The client. */
        public PayingClient build() {
            return new PayingClient(this);
        }
    }

    /**
     * The same client, which buys for a task: a piece of work with its own budget.
     *
     * @param task as the application names it
     */
    public PayingClient forTask(String task) {
        return new PayingClient(this, payer.forTask(task));
    }

    /**
     * Sends a request, paying for it once if need be.
     *
     * @param handler of the body; not asked for the body of a 402
     * @throws IOException when there was no answer and nothing was handed out
     * @throws InterruptedException when the thread was interrupted; a payment may have been handed out, as the spend
     *     policy knows
     */
    public <T> Outcome<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException, InterruptedException {
        return waitFor(sendAsync(request, handler));
    }

    /** Sends a request again for an intent, which signs nothing if it signed before. */
    public <T> Outcome<T> send(HttpRequest request, BodyHandler<T> handler, PaymentIntent intent)
            throws IOException, InterruptedException {
        return waitFor(sendAsync(request, handler, intent));
    }

    /** Sends a request as {@link #send} does, without waiting. */
    public <T> CompletableFuture<Outcome<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return start(request, handler, payer::intent);
    }

    /** Sends a request again for an intent, without waiting. */
    public <T> CompletableFuture<Outcome<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PaymentIntent intent) {
        requireNonNull(intent, "intent");
        return start(request, handler, url -> intent);
    }

    private <T> CompletableFuture<Outcome<T>> start(
            HttpRequest request, BodyHandler<T> handler, Function<String, PaymentIntent> intents) {
        requireNonNull(handler, "handler");
        if (request.headers().firstValue(HeaderNames.PAYMENT_SIGNATURE).isPresent()) {
            throw new IllegalArgumentException("request: expected no PAYMENT-SIGNATURE, saw one; the client pays");
        }
        Conversation.Settings settings = new Conversation.Settings(
                http,
                clock,
                executor,
                clock.instant().plus(within),
                redirects,
                bodyLimit,
                resourceCheck,
                cleartext,
                payer.proofs());
        return new Conversation<>(settings, handler, intents).begin(request);
    }

    private static <T> Outcome<T> waitFor(CompletableFuture<Outcome<T>> future)
            throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            throw interrupted;
        } catch (ExecutionException failed) {
            throw rethrown(failed);
        }
    }

    private static IOException rethrown(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof InterruptedException) {
            return new InterruptedIOException("interrupted");
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
