package dev.x402.spi.plugins;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One side of one plugin, created on first use, once.
 *
 * <p>Threads that come while it is created wait for the one that creates it; a creation that failed is tried again by
 * the next caller. Nothing is locked while the plugin runs.
 */
final class Side<S extends AutoCloseable> {
    private record Creation<S>(Thread by, CompletableFuture<Optional<S>> result) {}

    private final String what;
    private final Function<Context, Optional<S>> factory;
    private final Consumer<S> check;
    private final Context context;
    private final OpenSides open;
    private final AtomicReference<@Nullable Creation<S>> current = new AtomicReference<>();

    Side(String what, Function<Context, Optional<S>> factory, Consumer<S> check, Context context, OpenSides open) {
        this.what = what;
        this.factory = factory;
        this.check = check;
        this.context = context;
        this.open = open;
    }

    Optional<S> find() {
        open.requireOpen();
        Creation<S> running = current.get();
        if (running != null) {
            return await(running);
        }
        Creation<S> mine = new Creation<>(Thread.currentThread(), new CompletableFuture<>());
        running = current.compareAndExchange(null, mine);
        if (running != null) {
            return await(running);
        }
        try {
            Optional<S> created = create();
            mine.result().complete(created);
            return created;
        } catch (RuntimeException | Error failed) {
            current.set(null);
            mine.result().completeExceptionally(failed);
            throw failed;
        }
    }

    /** What to do about the ports that the plugin asked for and nobody gave. */
    List<String> advice() {
        return context.advice();
    }

    List<String> missingPorts() {
        return context.missing().stream().map(Class::getName).toList();
    }

    private Optional<S> await(Creation<S> running) {
        if (running.by() == Thread.currentThread() && !running.result().isDone()) {
            throw new IllegalStateException(what + ": looked up while it is created; a port must not look up plugins");
        }
        try {
            return running.result().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private Optional<S> create() {
        Optional<S> created = Guard.read(() -> what, () -> factory.apply(context));
        created.ifPresent(this::accept);
        return created;
    }

    private void accept(S side) {
        boolean sound = false;
        try {
            check.accept(side);
            sound = true;
        } finally {
            if (!sound) {
                OpenSides.closeAll(List.of(side));
            }
        }
        open.add(side);
    }
}
