package dev.x402.spi.plugins;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sides that were created, to be closed once in reverse order. */
final class OpenSides {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Object lock = new Object();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private volatile boolean closed;

    /** Takes a side in; one that comes too late is closed at once. */
    void add(AutoCloseable side) {
        boolean late;
        synchronized (lock) {
            late = closed;
            if (!late && opened.stream().noneMatch(known -> known == side)) {
                opened.add(side);
            }
        }
        if (late) {
            closeAll(List.of(side));
            requireOpen();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the plugins are closed: look up before close()");
        }
    }

    void close() {
        List<AutoCloseable> sides;
        synchronized (lock) {
            closed = true;
            sides = List.copyOf(opened);
            opened.clear();
        }
        closeAll(sides);
    }

    static void closeAll(List<AutoCloseable> sides) {
        Throwable first = null;
        for (int i = sides.size() - 1; i >= 0; i--) {
            first = close(sides.get(i), first);
        }
        if (first != null) {
            LOG.warn("closing the plugins failed", first);
        }
    }

    private static @Nullable Throwable close(AutoCloseable side, @Nullable Throwable first) {
        try {
            side.close();
            return first;
        } catch (Exception | Error failed) {
            if (first == null) {
                return failed;
            }
            if (first != failed) {
                first.addSuppressed(failed);
            }
            return first;
        }
    }
}
