package dev.x402.http.facilitator;

import static java.util.Objects.requireNonNull;

import dev.x402.http.BoundedBody;
import dev.x402.http.RetryAfter;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator that is asked over HTTP.
 *
 * <p>Believes little: what is not clearly settled or clearly rejected is pending. Follows no redirect, reads no answer
 * over its limit, waits for nothing beyond the caller's deadline. Safe for threads.
 */
public final class HttpFacilitator implements Facilitator {
    private static final int ANSWER_LIMIT = 64 * 1024;
    private static final int ATTEMPTS = 3;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
    /** On a rail that takes days, the facilitator says when asking is worth it. */
    private static final Duration LONGEST_PENDING = Duration.ofHours(1);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final String base;
    private final HttpClient http;
    private final Clock clock;
    private final Authorization authorization;
    private final Inward inward;
    private final Asked asked = new Asked();
    private final CountDownLatch closed = new CountDownLatch(1);

    private HttpFacilitator(Builder builder) {
        base = builder.base;
        clock = builder.clock;
        authorization = builder.authorization;
        inward = new Inward(builder.beforeSending);
        http = builder.http.orElseGet(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_WITHIN)
                .executor(Runnable::run)
                .build());
    }

    /**
     * Starts a facilitator at an address.
     *
     * @param address {@code https}, or {@code http} on the loopback; the operations stand below its path
     * @throws IllegalArgumentException when the address is another
     */
    public static Builder builder(URI address, Clock clock) {
        return new Builder(address, clock);
    }

    /** What may be chosen about a remote facilitator. */
    public static final class Builder {
        private final String base;
        private final Clock clock;
        private Authorization authorization = Authorization.none();
        private Optional<HttpClient> http = Optional.empty();
        private final Set<ErrorCode> beforeSending = new LinkedHashSet<>(KnownRejections.CODES);

        private Builder(URI address, Clock clock) {
            this.base = FacilitatorAddress.check(address);
            this.clock = requireNonNull(clock, "clock");
        }

        /** Headers that say who asks; none by default. */
        public Builder authorization(Authorization headers) {
            authorization = requireNonNull(headers, "headers");
            return this;
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

        /**
         * Adds reasons that this facilitator gives only before it sends anything.
         *
         * <p>With an empty transaction they reject a settlement; every other unknown reason leaves it pending.
         */
        public Builder rejections(Set<ErrorCode> codes) {
            beforeSending.addAll(codes);
            return this;
        }

        /** The facilitator; nothing is sent yet. */
        public HttpFacilitator build() {
            return new HttpFacilitator(this);
        }
    }

    @Override
    public SupportedResponse supported(Instant by) {
        try {
            Reply reply = send(Operation.SUPPORTED, null, by);
            for (int attempt = 1; reply.status() == 429 && attempt < ATTEMPTS; attempt++) {
                Duration wait = shorter(reply.retryAfter(), LONGEST_WAIT);
                if (closed.await(shorter(wait, left(by)).toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new NotSentException("closed", null);
                }
                reply = send(Operation.SUPPORTED, null, by);
            }
            return supported(reply);
        } catch (IOException failure) {
            throw new RailUnavailableException(where("could not be asked what it supports"), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RailUnavailableException(where("could not be asked: the thread was interrupted"), interrupted);
        }
    }

    private SupportedResponse supported(Reply reply) {
        if (!reply.succeeded()) {
            throw new RailUnavailableException(where("answered /supported with status " + reply.status()));
        }
        SupportedResponse supported;
        try {
            supported = Codec.SUPPORTED_RESPONSE.read(reply.body().toArray());
        } catch (MalformedMessageException malformed) {
            throw new RailUnavailableException(where("answered /supported with what it is not"), malformed);
        }
        if (supported.kinds().isEmpty()) {
            throw new RailUnavailableException(where("supports no kind of version 2"));
        }
        return supported;
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        byte[] body = body(payment);
        try {
            Verification verification = inward.verification(verifyTwice(body, by));
            if (verification instanceof Verification.Valid valid) {
                asked.verified(Asked.name(payment, body), valid.payer());
            }
            return verification;
        } catch (IOException failure) {
            return new Verification.Unavailable("the facilitator could not be asked", RETRY);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Verification.Unavailable("the facilitator could not be asked", RETRY);
        }
    }

    /** Asking twice moves nothing; a connection that the other side gave up is not worth a refusal. */
    private Reply verifyTwice(byte[] body, Instant by) throws IOException, InterruptedException {
        try {
            return send(Operation.VERIFY, body, by);
        } catch (BrokenConnectionException broken) {
            return send(Operation.VERIFY, body, by);
        }
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        byte[] body = body(payment);
        Bytes name = Asked.name(payment, body);
        asked.begin(name);
        return asked.end(name, settle(payment, name, body, by));
    }

    private Settlement settle(Payment payment, Bytes name, byte[] body, Instant by) {
        try {
            Reply reply = send(Operation.SETTLE, body, by);
            Settlement answer = inward.settlement(payment, reply, !asked.alone(name));
            return asked.isOfAnother(name, answer)
                    ? new Settlement.Pending(Optional.empty(), true, reply.retryAfter())
                    : answer;
        } catch (NotSentException notSent) {
            return new Settlement.Pending(Optional.empty(), false, RETRY);
        } catch (IOException unknown) {
            return new Settlement.Pending(Optional.empty(), true, RETRY);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Settlement.Pending(Optional.empty(), true, RETRY);
        }
    }

    /** No: what another process asked of the facilitator is not known here, nor what it remembers. */
    @Override
    public boolean remembers() {
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static byte[] body(Payment payment) {
        return Codec.FACILITATOR_REQUEST.write(
                new FacilitatorRequest(payment.payload(), payment.requirements(), Json.Obj.EMPTY));
    }

    /**
     * Sends one request and reads the whole answer by the deadline.
     *
     * @throws NotSentException when nothing of it left
     * @throws BrokenConnectionException when the connection broke before an answer
     */
    private Reply send(Operation operation, byte @Nullable [] body, Instant by)
            throws IOException, InterruptedException {
        Duration left = left(by);
        if (left.isZero() || closed.getCount() == 0) {
            throw new NotSentException(left.isZero() ? "the deadline has passed" : "closed", null);
        }
        HttpRequest request = request(operation, body, left);
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BoundedBody.handler(ANSWER_LIMIT));
        try {
            HttpResponse<byte[]> response = answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
            response.headers().firstValue(HeaderNames.EXTENSION_RESPONSES).ifPresent(ExtensionRejections::log);
            return new Reply(response.statusCode(), retryAfter(response), Bytes.of(response.body()));
        } catch (TimeoutException late) {
            throw new IOException("no answer by the deadline", late);
        } catch (ExecutionException failed) {
            throw classified(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Operation operation, byte @Nullable [] body, Duration left) throws NotSentException {
        URI target = URI.create(base + operation.path());
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .version(HttpClient.Version.HTTP_1_1)
                    .timeout(left)
                    .header("Accept", "application/json");
            authorization.headers(operation, target).forEach(request::setHeader);
            if (body == null) {
                return request.GET().build();
            }
            return request.setHeader("Content-Type", "application/json")
                    .method(operation.method(), BodyPublishers.ofByteArray(body))
                    .build();
        } catch (RuntimeException refused) {
            throw new NotSentException("the authorization gave no usable headers", refused);
        }
    }

    private static IOException classified(@Nullable Throwable failure) {
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            return new NotSentException("not connected", failure);
        }
        if (failure instanceof java.net.http.HttpTimeoutException timeout) {
            return timeout;
        }
        return new BrokenConnectionException(failure);
    }

    private Duration retryAfter(HttpResponse<?> response) {
        Duration asked = response.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, clock.instant()))
                .orElse(RETRY);
        return shorter(asked, response.statusCode() == 200 ? LONGEST_PENDING : LONGEST_RETRY);
    }

    private Duration left(Instant by) {
        Duration left = Duration.between(clock.instant(), by);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private String where(String what) {
        return "facilitator " + base + " " + what;
    }

    /** Nothing of the request left this machine. */
    private static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The connection broke before the answer was whole. */
    private static final class BrokenConnectionException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenConnectionException(@Nullable Throwable cause) {
            super("the connection broke", cause);
        }
    }
}
