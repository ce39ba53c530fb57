package dev.x402.http;

import dev.x402.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Holds back a body up to a limit; used by one thread at a time. */
public final class HeldBody extends OutputStream {
    private final int limit;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean overflown;
    private boolean sealed;

    /** Holds at most so many bytes. */
    public HeldBody(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /**
     * Holds more bytes.
     *
     * @throws IOException when they are too many, or come after the answer was taken
     */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (sealed) {
            throw new IOException("response: expected no more bytes, the handler had returned; it must answer before");
        }
        if (length > limit - held.size()) {
            overflown = true;
        }
        if (overflown) {
            throw new IOException("response: expected at most " + limit + " bytes, saw more");
        }
        held.write(bytes, from, length);
    }

    /** Forgets what was written, and that it was too much. */
    public void reset() {
        held.reset();
        overflown = false;
    }

    /** Whether the limit was passed. */
    public boolean overflown() {
        return overflown;
    }

    /** The number of bytes held. */
    public int size() {
        return held.size();
    }

    /** What was written; nothing can be written afterwards. */
    public Bytes seal() {
        sealed = true;
        return Bytes.of(held.toByteArray());
    }
}
