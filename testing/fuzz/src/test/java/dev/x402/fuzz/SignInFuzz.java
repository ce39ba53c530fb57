package dev.x402.fuzz;

import dev.x402.core.seller.InMemoryExtensionStore;
import dev.x402.siwx.Plan;
import dev.x402.siwx.SignInSettings;
import dev.x402.spec.Json;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A proof, and a session, before a seller who sold nothing: a code, and never in. */
public final class SignInFuzz {
    private static final String URL = "https://shop.example/paid";
    private static final ServerSide SIDE = Optional.ofNullable(Seller.builder()
                    .port(PaymentExtension.Store.class, InMemoryExtensionStore.of(Seller.CLOCK))
                    .port(
                            SignInSettings.class,
                            SignInSettings.builder("https://shop.example")
                                    .secret(Bytes.of(new byte[32]))
                                    .plan("report", Plan.forEver())
                                    .build())
                    .build()
                    .extensionServers()
                    .get("sign-in-with-x"))
            .orElseThrow();

    private SignInFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String header = data.length > 0 && data[0] == '{'
                ? Base64.getEncoder().encodeToString(data)
                : new String(data, StandardCharsets.ISO_8859_1);
        for (String name : SIDE.proofs()) {
            Access access = SIDE.enter(visit(Map.of(name, header)));
            if (!(access instanceof Access.Denied denied)
                    || !denied.code().value().matches("invalid_siwx_[a-z_]+|siwx_not_entitled")
                    || denied.message().chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("expected a refusal with a code, saw " + access);
            }
        }
    }

    private static Visit visit(Map<String, String> proofs) {
        return new Visit(
                "",
                "GET",
                "report",
                "/paid",
                Map.of(),
                "/paid",
                "",
                "",
                ResourceInfo.of(URL),
                Optional.<Json>empty(),
                proofs);
    }
}
