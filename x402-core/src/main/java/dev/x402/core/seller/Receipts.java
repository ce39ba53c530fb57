package dev.x402.core.seller;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import org.jspecify.annotations.Nullable;

/** Writes settlements as receipts of the protocol. */
final class Receipts {
    private static final String REVERSED = "reversed";

    private final Sides sides;
    private final Watch watch;

    Receipts(Sides sides, Watch watch) {
        this.sides = sides;
        this.watch = watch;
    }

    SettleResponse of(Walk walk, Settlement settlement) {
        if (settlement instanceof Settlement.Settled settled) {
            return moved(
                    walk, settlement, settled.receipt(), null, settled.stage().word());
        }
        if (settlement instanceof Settlement.Reversed reversed) {
            return moved(walk, settlement, reversed.receipt(), reversed.code(), REVERSED);
        }
        if (settlement instanceof Settlement.Pending pending) {
            return failed(
                    walk,
                    settlement,
                    pendingCode(pending),
                    null,
                    pending.reference().orElse(""));
        }
        Settlement.Rejected rejected = (Settlement.Rejected) settlement;
        return failed(walk, settlement, rejected.code(), rejected.message(), "");
    }

    static ErrorCode pendingCode(Settlement.Pending pending) {
        return pending.started() ? ErrorCode.SETTLEMENT_PENDING : ErrorCode.FACILITATOR_UNAVAILABLE;
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private SettleResponse moved(
            Walk walk, Settlement settlement, Receipt receipt, @Nullable ErrorCode code, String finality) {
        Network network = walk.payment().requirements().network();
        Json.Obj extra = watch.window(network).isZero()
                ? receipt.extra()
                : receipt.extra().with(Receipt.FINALITY, finality);
        boolean asOffered =
                receipt.amount().equals(walk.payment().payload().accepted().amount());
        return new SettleResponse(
                code == null,
                code,
                null,
                receipt.payer(),
                receipt.reference(),
                network,
                asOffered ? null : receipt.amount(),
                sides.contributions(walk, settlement),
                extra.isEmpty() ? null : extra,
                Json.Obj.EMPTY);
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private SettleResponse failed(
            Walk walk, Settlement settlement, ErrorCode code, @Nullable String message, String transaction) {
        return new SettleResponse(
                false,
                code,
                message,
                walk.payer().orElse(null),
                transaction,
                walk.payment().requirements().network(),
                null,
                sides.contributions(walk, settlement),
                null,
                Json.Obj.EMPTY);
    }
}
