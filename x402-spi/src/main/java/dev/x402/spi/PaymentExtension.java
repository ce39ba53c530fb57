package dev.x402.spi;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An extension of the protocol; provisional until three extensions stand on it.
 *
 * <p>Found by {@link java.util.ServiceLoader}. Gets immutable values and returns, never changes. What it returns is
 * written under its own key; a server's members win over a payer's. It can grant and contribute, never deny or price.
 */
public interface PaymentExtension {
    /** The key in {@code extensions}. */
    String key();

    /** Members of {@code info} that are new in every challenge; a comparison of echoes leaves them out. */
    default Set<String> dynamicInfo() {
        return Set.of();
    }

    /** What the challenge declares. */
    default Optional<Json> declare(ResourceInfo resource, List<PaymentRequirements> offers) {
        return Optional.empty();
    }

    /** What the payer answers to a declaration. */
    default Optional<Json> answer(Json declared, PaymentRequirements chosen) {
        return Optional.empty();
    }

    /** The account that a proof signs in. */
    default Optional<String> signedIn(Json proof, ResourceInfo resource) {
        return Optional.empty();
    }

    /** The idempotency key that an echo names. */
    default Optional<String> requestId(Json echoed) {
        return Optional.empty();
    }

    /** What a settlement adds to the receipt. */
    default Optional<Json> contribute(Payment payment, Json echoed, Settlement now) {
        return Optional.empty();
    }
}
