package dev.x402.core.facilitator;

import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.plugins.Plugins;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of whose payment it is and of its terms.
 *
 * <p>The proof stays out: a rejection holds for every spelling of it, and whoever asks for the outcome of a live payment
 * must show the very proof that was claimed. Members of an offer that may be new in every challenge stay out as well, so
 * that an identical payment has the same binding whenever it is asked.
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform has it", e);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
