package dev.x402.tck;

import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import java.util.List;

/** Texts that nobody else may see. */
final class Secrets {
    private static final int LONG = 40;

    private Secrets() {}

    /** The long texts of the proof that the echo does not repeat: signatures and the like. */
    static List<String> proofs(Payment payment) {
        String payTo = payment.requirements().payTo();
        String asset = payment.requirements().asset();
        return Leaves.of(payment.payload().payload()).stream()
                .flatMap(leaf -> leaf.value() instanceof Json.Str str
                        ? List.of(str.value()).stream()
                        : List.<String>of().stream())
                .filter(text -> text.length() > LONG)
                .filter(text -> !text.equalsIgnoreCase(payTo) && !text.equalsIgnoreCase(asset))
                .toList();
    }
}
