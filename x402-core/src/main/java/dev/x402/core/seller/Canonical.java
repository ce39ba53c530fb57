package dev.x402.core.seller;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One spelling of requests, offers and JSON for digests: every part has its length, so that no two run together. */
final class Canonical {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Tenant, method, route, target and body. */
    Canonical request(ResourceRequest request) {
        return text(request.tenant())
                .text(request.method())
                .text(request.route())
                .text(request.target())
                .text(request.bodyDigest());
    }

    /**
     * All terms of an offer.
     *
     * @param offer with asset and payee in canonical spelling
     * @param skipped members of its {@code extra} that do not count
     */
    Canonical offer(PaymentRequirements offer, Set<String> skipped) {
        return text(offer.scheme())
                .text(offer.network().toString())
                .text(offer.amount().toString())
                .text(offer.asset())
                .text(offer.payTo())
                .text(Integer.toString(offer.maxTimeoutSeconds()))
                .members(offer.extraOrEmpty(), skipped);
    }

    Canonical text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        try {
            out.writeInt(encoded.length);
            out.write(encoded);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Members by name, whatever their order; what says nothing is absent. */
    Canonical members(Json.Obj obj, Set<String> skipped) {
        try {
            write(obj, skipped);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void write(Json.Obj obj, Set<String> skipped) throws IOException {
        Map<String, Json> sorted = new TreeMap<>(obj.members());
        sorted.keySet().removeAll(skipped);
        sorted.values().removeIf(Echo::isNothing);
        out.writeInt(sorted.size());
        for (Map.Entry<String, Json> member : sorted.entrySet()) {
            text(member.getKey());
            value(member.getValue());
        }
    }

    private void value(Json value) throws IOException {
        if (value instanceof Json.Obj obj) {
            out.writeByte('o');
            write(obj, Set.of());
        } else if (value instanceof Json.Arr arr) {
            out.writeByte('a');
            out.writeInt(arr.elements().size());
            for (Json element : arr.elements()) {
                value(element);
            }
        } else if (value instanceof Json.Str str) {
            out.writeByte('s');
            text(str.value());
        } else if (value instanceof Json.Num num) {
            out.writeByte('n');
            BigDecimal shortest =
                    num.value().signum() == 0 ? BigDecimal.ZERO : num.value().stripTrailingZeros();
            text(shortest.unscaledValue() + "e" + -(long) shortest.scale());
        } else {
            out.writeByte('l');
            text(value.toString());
        }
    }
}
