package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.plugins.Plugins;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes settlements as receipts of the protocol. */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private static final String REVERSED = "reversed";

    private final Plugins plugins;
    private final Watch watch;

    Receipts(Plugins plugins, Watch watch) {
        this.plugins = plugins;
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
                contributions(walk, settlement),
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
                contributions(walk, settlement),
                null,
                Json.Obj.EMPTY);
    }

    /** What extensions add, of those that we declared and the payer echoed; one that fails adds nothing. */
    private Json.@Nullable Obj contributions(Walk walk, Settlement settlement) {
        Payment payment = walk.payment();
        Json.Obj echoed = payment.payload().extensions();
        Json.Obj declared = walk.isQuoted() ? walk.required().extensions() : null;
        if (echoed == null || declared == null) {
            return null;
        }
        Json.Obj added = Json.Obj.EMPTY;
        for (PaymentExtension extension : plugins.extensions()) {
            Json echo = echoed.members().get(extension.key());
            if (echo == null || declared.find(extension.key()).isEmpty()) {
                continue;
            }
            try {
                Optional<Json> contributed = extension.contribute(payment, echo, settlement);
                if (contributed.isPresent()) {
                    added = added.with(extension.key(), contributed.get());
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(
                        "extension {} failed to contribute to a receipt; nothing is added: {}",
                        extension.key(),
                        Fault.of(e));
            }
        }
        return added.isEmpty() ? null : added;
    }
}
