package dev.x402.http.facilitator;

import dev.x402.spec.Json;
import dev.x402.spi.Receipt;
import dev.x402.spi.Stage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The member {@code finality} of an answer's {@code extra}: how sure a settlement is. */
final class Finality {
    static final String REJECTED = "rejected";
    static final String PENDING = "pending";
    static final String REVERSED = "reversed";

    private Finality() {}

    /** The stage that a settled answer claims; one that says nothing has settled. */
    static Stage stage(Json.@Nullable Obj extra) {
        return read(extra).flatMap(Stage::ofWord).orElse(Stage.SETTLED);
    }

    static Optional<String> read(Json.@Nullable Obj extra) {
        return extra == null ? Optional.empty() : extra.text(Receipt.FINALITY);
    }

    static Json.Obj write(Json.Obj extra, String finality) {
        return extra.with(Receipt.FINALITY, finality);
    }
}
