package dev.x402.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads the body of a response up to a limit. */
public final class BoundedBody implements BodySubscriber<byte[]> {
    private final int limit;
    private final boolean cut;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int limit, boolean cut) {
        this.limit = limit;
        this.cut = cut;
    }

    /** Handles bodies of at most so many bytes; a longer one is an {@link IOException}. */
    public static BodyHandler<byte[]> handler(int limit) {
        return info -> new BoundedBody(limit, false);
    }

    /** Handles bodies of which no more than so many bytes matter; the rest is not read. */
    public static BodyHandler<byte[]> beginning(int limit) {
        return info -> new BoundedBody(limit, true);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (whole.isDone()) {
                return;
            }
            if (buffer.remaining() > limit - read.size()) {
                if (cut) {
                    byte[] rest = new byte[limit - read.size()];
                    buffer.get(rest);
                    read.write(rest, 0, rest.length);
                    whole.complete(read.toByteArray());
                } else {
                    whole.completeExceptionally(
                            new IOException("response body: expected at most " + limit + " bytes, saw more"));
                }
                if (subscription != null) {
                    subscription.cancel();
                }
                return;
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            read.write(chunk, 0, chunk.length);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(read.toByteArray());
    }
}
