package dev.x402.http.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects the body of a request, so that it can be sent twice. */
final class CollectedBody implements Flow.Subscriber<ByteBuffer> {
    private final int limit;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<Optional<byte[]>> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private CollectedBody(int limit) {
        this.limit = limit;
    }

    /** The body, or empty when it is longer than the limit. */
    static CompletableFuture<Optional<byte[]>> of(BodyPublisher publisher, int limit) {
        if (publisher.contentLength() > limit) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CollectedBody collecting = new CollectedBody(limit);
        publisher.subscribe(collecting);
        return collecting.whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
        if (buffer.remaining() > limit - read.size()) {
            whole.complete(Optional.empty());
            if (subscription != null) {
                subscription.cancel();
            }
            return;
        }
        byte[] chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        read.write(chunk, 0, chunk.length);
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(Optional.of(read.toByteArray()));
    }
}
