package dev.x402.identifier;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension;
import java.security.SecureRandom;
import java.util.Optional;

/** Names each new payment; whoever repeats the payment repeats its name. */
final class NamingPayer implements PaymentExtension.ClientSide {
    private final SecureRandom random;

    NamingPayer(SecureRandom random) {
        this.random = random;
    }

    @Override
    public Optional<Json> answer(Json declared, PaymentRequirements chosen) {
        if (!(declared instanceof Json.Obj members) || !(members.members().get("info") instanceof Json.Obj)) {
            return Optional.empty();
        }
        Json.Obj info = Json.object().put("id", Identifier.random(random)).build();
        return Optional.of(Json.object().put("info", info).build());
    }
}
