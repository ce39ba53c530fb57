package dev.x402.bazaar.client;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * A service that a catalogue named; only its own 402 says what it costs.
 *
 * @param address to call
 * @param method to call with
 * @param offer the cheapest that was listed and is wanted
 * @param asset of the offer, as the payer's plugins know it
 * @param name a stranger's text, for people
 * @param description a stranger's text, for people; never for choosing
 */
public record Service(
        URI address, String method, PaymentRequirements offer, Asset asset, String name, String description) {
    public Service {
        requireNonNull(address, "address");
        requireNonNull(method, "method");
        requireNonNull(offer, "offer");
        requireNonNull(asset, "asset");
        requireNonNull(name, "name");
        requireNonNull(description, "description");
    }

    /** What was listed, in whole units of the asset. */
    public BigDecimal price() {
        return asset.toUnits(offer.amount());
    }

    /** A call without a body. */
    public HttpRequest request() {
        return HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    /** Such as {@code 0.004 USDC: GET https://host/weather}. */
    @Override
    public String toString() {
        return price().stripTrailingZeros().toPlainString() + " " + asset.symbol() + ": " + method + " " + address;
    }
}
