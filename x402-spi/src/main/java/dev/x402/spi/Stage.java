package dev.x402.spi;

/** How far a landed payment is from final; in rising order. */
public enum Stage {
    /** It was seen and may vanish, as by a reorganisation. */
    SEEN,
    /** It is done, and may be returned by the rail's rules. */
    SETTLED,
    /** It is irrevocable. */
    FINAL
}
