package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.payer.Candidate;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ThriftTest {
    @Test
    void a_policy_works_with_what_the_core_brings() {
        Candidate cheap = candidate("9");
        Candidate dear = candidate("11");
        PaymentRequired challenge =
                PaymentRequired.of(null, ResourceInfo.of("https://shop.example/"), List.of(dear.offer(), cheap.offer()));
        assertEquals(List.of(cheap), Thrift.chosen(Thrift.tenOf(cheap.assetId()), challenge, dear, cheap));
    }

    private static Candidate candidate(String amount) {
        PaymentRequirements offer = PaymentRequirements.of(
                new Kind("exact", Network.parse("town:square")),
                AtomicAmount.parse(amount),
                "penny",
                "baker",
                60,
                Json.Obj.EMPTY);
        return new Candidate(offer, offer.assetId(), Optional.empty(), Optional.empty());
    }
}
