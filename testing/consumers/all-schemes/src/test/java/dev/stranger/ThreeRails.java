package dev.stranger;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A facilitator that settles at the bank, and says that it would on two chains: nobody pays there in this test. */
final class ThreeRails implements Facilitator {
    private final Facilitator bank;

    ThreeRails(Facilitator bank) {
        this.bank = bank;
    }

    @Override
    public SupportedResponse supported(Instant by) {
        SupportedResponse known = bank.supported(by);
        List<SupportedKind> kinds = new ArrayList<>(known.kinds());
        kinds.add(new SupportedKind("exact", Network.parse("eip155:8453"), Json.Obj.EMPTY, Json.Obj.EMPTY));
        kinds.add(new SupportedKind(
                "exact",
                Network.parse("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"),
                Json.Obj.EMPTY.with("feePayer", "EwWqGE4ZFKLofuestmU4LDdK7XM1N4ALgdZccwYugwGd"),
                Json.Obj.EMPTY));
        return new SupportedResponse(kinds, List.of(), List.of(), known.signers(), Json.Obj.EMPTY);
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        return bank.verify(payment, by);
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        return bank.settle(payment, by);
    }

    @Override
    public void close() {
        bank.close();
    }
}
