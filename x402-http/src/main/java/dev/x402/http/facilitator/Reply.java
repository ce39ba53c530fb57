package dev.x402.http.facilitator;

import dev.x402.spi.Bytes;
import java.time.Duration;

/** An HTTP answer of a remote facilitator, read whole. */
record Reply(int status, Duration retryAfter, Bytes body) {
    boolean succeeded() {
        return status >= 200 && status < 300;
    }
}
