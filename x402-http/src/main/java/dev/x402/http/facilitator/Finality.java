package dev.x402.http.facilitator;

import dev.x402.spec.Json;
import dev.x402.spi.Stage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The member {@code finality} of an answer's {@code extra}: how sure a settlement is. */
final class Finality {
    static final String REJECTED = "rejected";
    static final String PENDING = "pending";
    static final String REVERSED = "reversed";
    private static final String MEMBER = "finality";

    private Finality() {}

    static String of(Stage stage) {
        return switch (stage) {
            case SEEN -> "seen";
            case SETTLED -> "returnable";
            case FINAL -> "final";
        };
    }

    /** The stage that a settled answer claims; one that says nothing has settled. */
    static Stage stage(Json.@Nullable Obj extra) {
        return switch (read(extra).orElse("")) {
            case "seen" -> Stage.SEEN;
            case "final" -> Stage.FINAL;
            default -> Stage.SETTLED;
        };
    }

    static Optional<String> read(Json.@Nullable Obj extra) {
        return extra == null ? Optional.empty() : extra.text(MEMBER);
    }

    static Json.Obj write(Json.Obj extra, String finality) {
        return extra.with(MEMBER, finality);
    }
}
