package dev.x402.core.facilitator;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.plugins.Plugins;
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
import java.util.TreeMap;

/**
 * The digest of whose payment it is, of its terms and of its proof.
 *
 * <p>Members of the offer that may be new in every challenge stay out: an identical payment asked again has the same
 * binding. The proof is in whole, so that nobody asks with a forged signature.
 */
final class Binding {
    private final Plugins plugins;

    Binding(Plugins plugins) {
        this.plugins = plugins;
    }

    String of(Payment payment) {
        PaymentRequirements offer = payment.requirements();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, payment.tenant());
            text(out, offer.scheme());
            text(out, offer.network().toString());
            text(out, offer.amount().toString());
            text(out, plugins.canonicalAsset(offer.network(), offer.asset()).orElse(offer.asset()));
            text(out, plugins.canonicalAccount(offer.network(), offer.payTo()).orElse(offer.payTo()));
            json(out, payment.payload().payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform has it", e);
        }
    }

    private static void json(DataOutputStream out, Json value) throws IOException {
        if (value instanceof Json.Obj object) {
            Map<String, Json> sorted = new TreeMap<>(object.members());
            out.writeByte('o');
            out.writeInt(sorted.size());
            for (Map.Entry<String, Json> member : sorted.entrySet()) {
                text(out, member.getKey());
                json(out, member.getValue());
            }
        } else if (value instanceof Json.Arr array) {
            out.writeByte('a');
            out.writeInt(array.elements().size());
            for (Json element : array.elements()) {
                json(out, element);
            }
        } else if (value instanceof Json.Str string) {
            out.writeByte('s');
            text(out, string.value());
        } else if (value instanceof Json.Num number) {
            BigDecimal plain = number.value().signum() == 0
                    ? BigDecimal.ZERO
                    : number.value().stripTrailingZeros();
            out.writeByte('n');
            text(out, plain.unscaledValue().toString(16));
            out.writeInt(plain.scale());
        } else {
            text(out, value.toString());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
