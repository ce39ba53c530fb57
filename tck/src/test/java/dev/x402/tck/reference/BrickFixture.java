package dev.x402.tck.reference;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import dev.x402.tck.TckEnvironment;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** The reference with a brick in the place of its facilitator. */
public final class BrickFixture extends LedgerFixture {
    private final Brick brick;

    public BrickFixture(TckEnvironment env, Brick brick) {
        super(env, Flaw.NONE);
        this.brick = brick;
    }

    @Override
    public Facilitator facilitator(Facilitator local) {
        return new Facilitator() {
            @Override
            public SupportedResponse supported(Instant by) {
                return local.supported(by);
            }

            @Override
            public Verification verify(Payment payment, Instant by) {
                return switch (brick) {
                    case REJECTS_ALL -> new Verification.Invalid(ErrorCode.INVALID_PAYLOAD, "no", false);
                    case ACCEPTS_ALL -> new Verification.Valid(payer(), Json.Obj.EMPTY);
                    case THROWS_ALL -> throw new IllegalStateException("no");
                    case HANGS_ALL -> hung();
                };
            }

            @Override
            public Settlement settle(Payment payment, Instant by) {
                return switch (brick) {
                    case REJECTS_ALL -> new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "no");
                    case ACCEPTS_ALL ->
                        new Settlement.Settled(
                                new Receipt(
                                        "tx", payer(), payment.requirements().amount(), Json.Obj.EMPTY),
                                Stage.FINAL);
                    case THROWS_ALL -> throw new IllegalStateException("no");
                    case HANGS_ALL -> hung();
                };
            }

            @Override
            public void close() {}
        };
    }

    private static <T> T hung() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("interrupted");
    }
}
