package dev.x402.core.seller;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The digest of one request, one offer and one proof; every part has its length, so that no two run together. */
final class Binding {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final DataOutputStream out = new DataOutputStream(bytes);

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
        Binding binding = new Binding();
        try {
            binding.write(request.tenant());
            binding.write(request.method());
            binding.write(request.route());
            binding.write(request.target());
            binding.write(request.bodyDigest());
            binding.write(offer.scheme());
            binding.write(offer.network().toString());
            binding.write(offer.amount().toString());
            binding.write(offer.asset());
            binding.write(offer.payTo());
            binding.write(Integer.toString(offer.maxTimeoutSeconds()));
            binding.members(offer.extraOrEmpty(), dynamicExtra);
            binding.members(proof, Set.of());
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(binding.bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void write(String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(encoded.length);
        out.write(encoded);
    }

    private void members(Json.Obj obj, Set<String> skipped) throws IOException {
        Map<String, Json> sorted = new TreeMap<>(obj.members());
        sorted.keySet().removeAll(skipped);
        sorted.values().removeIf(Echo::isNothing);
        out.writeInt(sorted.size());
        for (Map.Entry<String, Json> member : sorted.entrySet()) {
            write(member.getKey());
            value(member.getValue());
        }
    }

    private void value(Json value) throws IOException {
        if (value instanceof Json.Obj obj) {
            out.writeByte('o');
            members(obj, Set.of());
        } else if (value instanceof Json.Arr arr) {
            out.writeByte('a');
            out.writeInt(arr.elements().size());
            for (Json element : arr.elements()) {
                value(element);
            }
        } else if (value instanceof Json.Str str) {
            out.writeByte('s');
            write(str.value());
        } else if (value instanceof Json.Num num) {
            out.writeByte('n');
            BigDecimal shortest =
                    num.value().signum() == 0 ? BigDecimal.ZERO : num.value().stripTrailingZeros();
            write(shortest.unscaledValue() + "e" + -(long) shortest.scale());
        } else {
            out.writeByte('l');
            write(value.toString());
        }
    }
}
