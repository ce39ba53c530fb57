package dev.x402.http.facilitator;

import dev.x402.http.Toys;
import dev.x402.spec.Json;
import dev.x402.spec.SupportedKind;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A facilitator that gives the outcomes that a test chose, and remembers who asked. */
final class ScriptedFacilitator implements Facilitator {
    Function<Payment, Verification> verify = payment -> new Verification.Valid("payer", Json.Obj.EMPTY);
    Function<Payment, Settlement> settle = payment -> new Settlement.Settled(Toys.receipt("tx1"), Stage.FINAL);
    final List<String> tenants = new ArrayList<>();
    final List<Instant> deadlines = new ArrayList<>();

    @Override
    public SupportedResponse supported(Instant by) {
        return new SupportedResponse(
                List.of(SupportedKind.of(Toys.KIND)), List.of(), List.of(), Map.of(), Json.Obj.EMPTY);
    }

    @Override
    public synchronized Verification verify(Payment payment, Instant by) {
        tenants.add(payment.tenant());
        deadlines.add(by);
        return verify.apply(payment);
    }

    @Override
    public synchronized Settlement settle(Payment payment, Instant by) {
        tenants.add(payment.tenant());
        deadlines.add(by);
        return settle.apply(payment);
    }

    @Override
    public void close() {}
}
