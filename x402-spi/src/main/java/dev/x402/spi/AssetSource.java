package dev.x402.spi;

import java.util.Collection;

/** Assets as data; found by {@link java.util.ServiceLoader}. */
public interface AssetSource {
    /** The assets; the first of a network is its default. */
    Collection<Asset> assets();
}
