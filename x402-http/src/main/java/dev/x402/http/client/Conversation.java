package dev.x402.http.client;

import dev.x402.core.payer.PaymentIntent;
import dev.x402.core.payer.Proofs;
import dev.x402.core.payer.Purchase;
import dev.x402.http.RetryAfter;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request with its redirects, its payment and its repetitions. */
final class Conversation<T> {
    private static final int CHALLENGE_LIMIT = 64 * 1024;
    private static final int LOST_ANSWERS = 2;
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> OF_ONE_ORIGIN = Set.of("authorization", "cookie", "proxy-authorization");

    private static final Inward INWARD = new Inward(InetAddress::getAllByName);

    private final Settings settings;
    private final BodyHandler<Reply<T>> handler;
    private final Function<String, PaymentIntent> intents;

    Conversation(Settings settings, BodyHandler<T> handler, Function<String, PaymentIntent> intents) {
        this.settings = settings;
        this.handler = Reply.handler(handler, CHALLENGE_LIMIT);
        this.intents = intents;
    }

    /** What a conversation must know of its client. */
    record Settings(
            HttpClient http,
            Clock clock,
            Executor executor,
            Instant by,
            int redirects,
            int bodyLimit,
            ResourceCheck resourceCheck,
            boolean cleartext,
            Proofs proofs) {}

    /** A payment that was handed out. */
    private record Payment(PaymentIntent intent, Purchase.Paid paid, HttpRequest request) {}

    CompletableFuture<Outcome<T>> begin(HttpRequest request) {
        Optional<BodyPublisher> body = request.bodyPublisher();
        if (body.isEmpty() || body.get().contentLength() > settings.bodyLimit()) {
            return unpaid(request, body.isEmpty(), 0, presented(request));
        }
        return CollectedBody.of(body.get(), settings.bodyLimit())
                .thenCompose(collected -> collected.isEmpty()
                        ? CompletableFuture.completedFuture(notReplayable(Optional.empty()))
                        : unpaid(
                                with(request, BodyPublishers.ofByteArray(collected.get())),
                                true,
                                0,
                                presented(request)));
    }

    /** Proofs that go with a request. Once they answered a challenge, no others are tried. */
    private record Shown(Map<String, String> proofs, boolean proven) {
        static final Shown NOTHING_MORE = new Shown(Map.of(), true);
    }

    private Shown presented(HttpRequest request) {
        return isClosed(request)
                ? new Shown(settings.proofs().present(request.uri().toString()), false)
                : Shown.NOTHING_MORE;
    }

    /** Whether nobody on the way can read what is sent, or nobody minds. */
    private boolean isClosed(HttpRequest request) {
        return settings.cleartext() || Inward.isPrivateTo(request.uri());
    }

    private static HttpRequest showing(HttpRequest request, Map<String, String> proofs) {
        if (proofs.isEmpty()) {
            return request;
        }
        HttpRequest.Builder shown = HttpRequest.newBuilder(request, (name, value) -> true);
        proofs.forEach(shown::setHeader);
        return shown.build();
    }

    private CompletableFuture<Outcome<T>> unpaid(HttpRequest request, boolean replayable, int hops, Shown shown) {
        return exchange(showing(request, shown.proofs())).thenCompose(response -> {
            Optional<HttpRequest> next = redirected(request, response, replayable, hops);
            if (next.isPresent()) {
                return followed(request, response, next.get(), replayable, hops);
            }
            if (!(response.body() instanceof Reply.Challenging<T> challenging)) {
                return CompletableFuture.completedFuture(new Outcome.Free<>(Reply.content(response)));
            }
            return challenged(
                    request,
                    replayable,
                    hops,
                    shown,
                    Challenge.of(response.headers(), challenging.body().toArray()));
        });
    }

    /** Names are looked up on the executor, since that may wait. */
    private CompletableFuture<Outcome<T>> followed(
            HttpRequest request, HttpResponse<Reply<T>> response, HttpRequest next, boolean replayable, int hops) {
        if (Origin.of(request.uri()).host().equals(Origin.of(next.uri()).host())) {
            return unpaid(next, replayable, hops + 1, presented(next));
        }
        return CompletableFuture.supplyAsync(() -> INWARD.leads(request.uri(), next.uri()), settings.executor())
                .thenCompose(inward -> inward
                        ? CompletableFuture.completedFuture(new Outcome.Free<>(Reply.content(response)))
                        : unpaid(next, replayable, hops + 1, presented(next)));
    }

    private CompletableFuture<Outcome<T>> challenged(
            HttpRequest request, boolean replayable, int hops, Shown shown, Challenge challenge) {
        if (challenge instanceof Challenge.Unreadable unreadable) {
            return CompletableFuture.completedFuture(
                    new Outcome.Refused<>(unreadable.why(), unreadable.message(), Optional.empty(), List.of()));
        }
        PaymentRequired required = ((Challenge.Read) challenge).required();
        if (!isClosed(request)) {
            return refused(
                    Outcome.Hindrance.NOT_ENCRYPTED,
                    "address: expected https to pay another machine, saw " + withoutQuery(request.uri()),
                    required);
        }
        if (!replayable) {
            return CompletableFuture.completedFuture(notReplayable(Optional.of(required)));
        }
        if (!settings.resourceCheck().accepts(request.uri(), required.resource())) {
            return refused(
                    Outcome.Hindrance.OTHER_RESOURCE,
                    "resource: expected " + withoutQuery(request.uri()) + ", saw the challenge name another",
                    required);
        }
        PaymentIntent intent = intents.apply(request.uri().toString());
        if (!Origin.of(URI.create(intent.url())).equals(Origin.of(request.uri()))) {
            return refused(
                    Outcome.Hindrance.OTHER_ORIGIN,
                    "intent: expected one for the origin of " + withoutQuery(request.uri()) + ", saw another",
                    required);
        }
        if (shown.proven() || settings.proofs().isEmpty()) {
            return pay(request, required, intent);
        }
        return CompletableFuture.supplyAsync(
                        () -> settings.proofs().prove(request.uri().toString(), required, settings.by()),
                        settings.executor())
                .thenCompose(proofs -> proofs.isEmpty()
                        ? pay(request, required, intent)
                        : unpaid(request, true, hops, new Shown(proofs, true)));
    }

    private CompletableFuture<Outcome<T>> pay(HttpRequest request, PaymentRequired required, PaymentIntent intent) {
        return CompletableFuture.supplyAsync(() -> intent.pay(required, settings.by()), settings.executor())
                .thenCompose(purchase -> purchased(request, required, intent, purchase));
    }

    private CompletableFuture<Outcome<T>> purchased(
            HttpRequest request, PaymentRequired required, PaymentIntent intent, Purchase purchase) {
        if (purchase instanceof Purchase.Refused refused) {
            return CompletableFuture.completedFuture(new Outcome.Refused<>(
                    refused.retryable() ? Outcome.Hindrance.NOT_NOW : Outcome.Hindrance.NOTHING_PAYABLE,
                    refused.verdicts().isEmpty() ? "nothing was offered" : "no offer may be paid",
                    Optional.of(required),
                    refused.verdicts()));
        }
        Purchase.Paid paid = (Purchase.Paid) purchase;
        HttpRequest paying = HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader(HeaderNames.PAYMENT_SIGNATURE, Codec.PAYMENT_PAYLOAD.writeHeader(paid.payload()))
                .build();
        return paid(new Payment(intent, paid, paying), 0);
    }

    /** An answer, or why there is none. */
    private record Sent<T>(
            @Nullable HttpResponse<Reply<T>> response,
            @Nullable Throwable failure) {}

    /** Sends the payment; the very same again when the server says later, or when its answer was lost. */
    private CompletableFuture<Outcome<T>> paid(Payment payment, int lost) {
        return exchange(payment.request())
                .handle((response, failure) -> new Sent<>(response, failure))
                .thenCompose(sent -> sent.response() == null
                        ? lost(payment, sent.failure(), lost)
                        : answered(payment, sent.response(), lost));
    }

    private CompletableFuture<Outcome<T>> lost(Payment payment, @Nullable Throwable failure, int lost) {
        if (lost < LOST_ANSWERS && AGAIN.compareTo(left()) < 0) {
            return again(payment, AGAIN, lost + 1);
        }
        String seen =
                failure != null && cause(failure) instanceof HttpTimeoutException ? "no answer in time" : "no answer";
        return CompletableFuture.completedFuture(
                unknown(payment, seen, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private CompletableFuture<Outcome<T>> answered(Payment payment, HttpResponse<Reply<T>> response, int lost) {
        Optional<SettleResponse> receipt = receipt(response);
        receipt.ifPresent(payment.intent()::receipt);
        int status = response.statusCode();
        if (status == 402) {
            return CompletableFuture.completedFuture(unknown(
                    payment,
                    "402 after the payment" + reason(receipt),
                    Optional.of(status),
                    receipt,
                    Optional.empty()));
        }
        Optional<Duration> wait = wait(response, receipt);
        if (wait.isPresent() && wait.get().compareTo(left()) < 0) {
            return again(payment, wait.get(), lost);
        }
        HttpResponse<T> content = Reply.content(response);
        boolean settled = receipt.map(SettleResponse::success).orElse(status < 300);
        if (settled) {
            return CompletableFuture.completedFuture(
                    new Outcome.Paid<>(content, payment.paid().chosen(), receipt));
        }
        return CompletableFuture.completedFuture(unknown(
                payment,
                status + " after the payment" + reason(receipt),
                Optional.of(status),
                receipt,
                Optional.of(content)));
    }

    private CompletableFuture<Outcome<T>> again(Payment payment, Duration wait, int lost) {
        Executor later = CompletableFuture.delayedExecutor(
                Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS, settings.executor());
        return CompletableFuture.runAsync(() -> {}, later).thenCompose(waited -> paid(payment, lost));
    }

    /** How long the server wants the identical request to wait; empty when it does not want it again. */
    private Optional<Duration> wait(HttpResponse<?> response, Optional<SettleResponse> receipt) {
        if (response.statusCode() != 409 && response.statusCode() != 503) {
            return Optional.empty();
        }
        Optional<Duration> said = response.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, settings.clock().instant()))
                .map(asked -> asked.compareTo(SOONEST) < 0 ? SOONEST : asked);
        boolean pending = receipt.map(SettleResponse::errorReason)
                .filter(ErrorCode.SETTLEMENT_PENDING::equals)
                .isPresent();
        return said.isEmpty() && pending ? Optional.of(AGAIN) : said;
    }

    private Optional<HttpRequest> redirected(
            HttpRequest request, HttpResponse<?> response, boolean replayable, int hops) {
        int status = response.statusCode();
        Optional<String> location = response.headers().firstValue("Location");
        if (!REDIRECTS.contains(status) || location.isEmpty() || hops >= settings.redirects()) {
            return Optional.empty();
        }
        URI target;
        try {
            target = request.uri().resolve(location.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Origin from = Origin.of(request.uri());
        Origin to = Origin.of(target);
        boolean web = to.scheme().equals("https")
                || (to.scheme().equals("http") && from.scheme().equals("http"));
        boolean keeps = status == 307 || status == 308;
        if (!web || to.host().isEmpty() || (keeps && !replayable)) {
            return Optional.empty();
        }
        HttpRequest.Builder next = HttpRequest.newBuilder(
                        request,
                        (name, value) -> from.equals(to) || !OF_ONE_ORIGIN.contains(name.toLowerCase(Locale.ROOT)))
                .uri(target);
        boolean get =
                !keeps && !request.method().equals("GET") && !request.method().equals("HEAD");
        return Optional.of(get ? next.GET().build() : next.build());
    }

    private CompletableFuture<HttpResponse<Reply<T>>> exchange(HttpRequest request) {
        Duration left = left();
        if (left.isZero()) {
            return CompletableFuture.failedFuture(new HttpTimeoutException("the time for this request has passed"));
        }
        Duration timeout =
                request.timeout().filter(asked -> asked.compareTo(left) < 0).orElse(left);
        HttpRequest timed = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(timeout)
                .build();
        CompletableFuture<HttpResponse<Reply<T>>> answer = settings.http().sendAsync(timed, handler);
        return answer.thenApply(this::heard)
                .orTimeout(left.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    answer.cancel(true); // else a body that never ends is read for ever
                    throw new CompletionException(cause(failure));
                });
    }

    private HttpResponse<Reply<T>> heard(HttpResponse<Reply<T>> response) {
        if (isClosed(response.request())) {
            settings.proofs()
                    .received(
                            response.request().uri().toString(),
                            name -> response.headers().firstValue(name));
        }
        return response;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof java.util.concurrent.TimeoutException) {
            HttpTimeoutException late = new HttpTimeoutException("the answer did not end in time");
            late.initCause(cause);
            return late;
        }
        return cause;
    }

    private Optional<SettleResponse> receipt(HttpResponse<?> response) {
        List<String> values = response.headers().allValues(HeaderNames.PAYMENT_RESPONSE);
        if (values.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Codec.SETTLE_RESPONSE.readHeader(values.get(0)));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private Duration left() {
        Duration left = Duration.between(settings.clock().instant(), settings.by());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static <T> Outcome<T> unknown(
            Payment payment,
            String message,
            Optional<Integer> status,
            Optional<SettleResponse> receipt,
            Optional<HttpResponse<T>> response) {
        return new Outcome.Unknown<>(
                message, status, receipt, response, payment.paid().liveUntil(), payment.intent());
    }

    private static String reason(Optional<SettleResponse> receipt) {
        return receipt.map(SettleResponse::errorReason).map(code -> ": " + code).orElse("");
    }

    private static <T> CompletableFuture<Outcome<T>> refused(
            Outcome.Hindrance why, String message, PaymentRequired required) {
        return CompletableFuture.completedFuture(new Outcome.Refused<>(why, message, Optional.of(required), List.of()));
    }

    private Outcome<T> notReplayable(Optional<PaymentRequired> required) {
        return new Outcome.Refused<>(
                Outcome.Hindrance.BODY_NOT_REPLAYABLE,
                "request body: expected at most " + settings.bodyLimit() + " bytes to send twice, saw more",
                required,
                List.of());
    }

    private static HttpRequest with(HttpRequest request, BodyPublisher body) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .method(request.method(), body)
                .build();
    }

    private static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }
}
