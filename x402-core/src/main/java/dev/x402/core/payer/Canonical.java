package dev.x402.core.payer;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** An order of offers by what they say, for when nothing else tells them apart. */
final class Canonical {
    /** Equal only for offers that mean the same. */
    static final Comparator<PaymentRequirements> ORDER = Comparator.comparing(PaymentRequirements::network)
            .thenComparing(PaymentRequirements::scheme)
            .thenComparing(PaymentRequirements::asset)
            .thenComparing(PaymentRequirements::payTo)
            .thenComparing(PaymentRequirements::amount)
            .thenComparing(PaymentRequirements::maxTimeoutSeconds)
            .thenComparing(offer -> offer.extra() == null ? "" : text(offer.extra()))
            .thenComparing(offer -> text(offer.unknown()));

    private Canonical() {}

    private static String text(Json value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        if (value instanceof Json.Obj object) {
            out.append('{');
            for (Map.Entry<String, Json> member : new TreeMap<>(object.members()).entrySet()) {
                write(Json.of(member.getKey()), out);
                write(member.getValue(), out);
            }
            out.append('}');
        } else if (value instanceof Json.Arr array) {
            out.append('[');
            array.elements().forEach(element -> write(element, out));
            out.append(']');
        } else if (value instanceof Json.Str text) {
            out.append('"').append(text.value().length()).append(':').append(text.value());
        } else if (value instanceof Json.Num number) {
            out.append('#')
                    .append(number.value().signum() == 0 ? "0" : number.value().stripTrailingZeros());
        } else {
            out.append('!').append(value);
        }
    }
}
