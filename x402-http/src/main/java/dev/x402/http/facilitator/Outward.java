package dev.x402.http.facilitator;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spec.VerifyResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import org.jspecify.annotations.Nullable;

/** Outcomes as a facilitator writes them. */
@SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
final class Outward {
    private Outward() {}

    static VerifyResponse of(Verification verification) {
        if (verification instanceof Verification.Valid valid) {
            return new VerifyResponse(
                    true, null, null, present(valid.payer()), null, present(valid.extra()), Json.Obj.EMPTY);
        }
        if (verification instanceof Verification.Invalid invalid) {
            return invalid(invalid.code(), invalid.message());
        }
        throw new IllegalArgumentException("verification: expected a decided one, saw " + verification);
    }

    static VerifyResponse invalid(ErrorCode code, String message) {
        return new VerifyResponse(false, code, present(message), null, null, null, Json.Obj.EMPTY);
    }

    static SettleResponse of(Payment payment, Settlement settlement) {
        Network network = payment.requirements().network();
        if (settlement instanceof Settlement.Settled settled) {
            return landed(
                    true, null, network, settled.receipt(), settled.stage().word());
        }
        if (settlement instanceof Settlement.Reversed reversed) {
            return landed(false, reversed.code(), network, reversed.receipt(), Finality.REVERSED);
        }
        if (settlement instanceof Settlement.Pending pending) {
            return failed(
                    ErrorCode.SETTLEMENT_PENDING,
                    "the outcome is not known yet; ask again with the identical payment",
                    pending.reference().orElse(""),
                    network,
                    Finality.PENDING);
        }
        Settlement.Rejected rejected = (Settlement.Rejected) settlement;
        return failed(rejected.code(), rejected.message(), "", network, Finality.REJECTED);
    }

    /** The answer to what cannot be read; its network is not known. */
    static SettleResponse rejected(ErrorCode code, String message) {
        return failed(code, message, "", null, Finality.REJECTED);
    }

    private static SettleResponse landed(
            boolean success, @Nullable ErrorCode code, Network network, Receipt receipt, String finality) {
        return new SettleResponse(
                success,
                code,
                null,
                present(receipt.payer()),
                receipt.reference(),
                network,
                receipt.amount(),
                null,
                Finality.write(receipt.extra(), finality),
                Json.Obj.EMPTY);
    }

    private static SettleResponse failed(
            ErrorCode code, String message, String reference, @Nullable Network network, String finality) {
        return new SettleResponse(
                false,
                code,
                present(message),
                null,
                reference,
                network,
                null,
                null,
                Finality.write(Json.Obj.EMPTY, finality),
                Json.Obj.EMPTY);
    }

    private static @Nullable String present(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Json.@Nullable Obj present(Json.Obj members) {
        return members.isEmpty() ? null : members;
    }
}
