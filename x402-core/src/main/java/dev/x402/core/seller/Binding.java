package dev.x402.core.seller;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** The digest of one request, one offer and one proof. */
final class Binding {
    private Binding() {}

    /**
     * Binds a payment to tenant, method, route, target, body, offer and the whole proof.
     *
     * <p>The proof counts because its key is public once the money moved: who knows the key alone gets nothing.
     *
     * @param offer with asset and payee in canonical spelling
     * @param dynamicExtra members of its {@code extra} that do not count
     * @param proof the wire member {@code payload}
     */
    static String of(ResourceRequest request, PaymentRequirements offer, Set<String> dynamicExtra, Json.Obj proof) {
        byte[] bound = new Canonical()
                .request(request)
                .offer(offer, dynamicExtra)
                .members(proof, Set.of())
                .toBytes();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bound));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
