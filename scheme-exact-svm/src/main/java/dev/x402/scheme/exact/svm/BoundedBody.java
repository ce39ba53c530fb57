package dev.x402.scheme.exact.svm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer's body, given up as soon as it is too large or too late. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int limit;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;

    /** The client's own time-out ends with the headers; this one holds for the body. */
    BoundedBody(int limit, Duration within) {
        this.limit = limit;
        CompletableFuture<Boolean> alarm =
                new CompletableFuture<Boolean>().completeOnTimeout(true, within.toNanos(), TimeUnit.NANOSECONDS);
        CompletionStage<?> unused = alarm.thenRun(
                () -> giveUp(new HttpTimeoutException("body: expected it within " + within + ", saw a part")));
        unused = body.whenComplete((whole, failure) -> alarm.cancel(false));
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > limit - content.size()) {
                giveUp(new IOException("body: expected at most " + limit + " bytes, saw more"));
                return;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            content.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(content.toByteArray());
    }

    private void giveUp(IOException why) {
        body.completeExceptionally(why); // before the cancelling, which may end the body in its own words
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
