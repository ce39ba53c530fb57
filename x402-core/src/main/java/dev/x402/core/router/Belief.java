package dev.x402.core.router;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Network;
import dev.x402.spi.Payment;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.util.Optional;
import java.util.Set;

/** What an answer must look like to be believed; whether the money moved, only the rail knows. */
final class Belief {
    private static final Set<ErrorCode> NOT_SERVED =
            Set.of(ErrorCode.UNSUPPORTED_SCHEME, ErrorCode.INVALID_SCHEME, ErrorCode.INVALID_NETWORK);

    private final Plugins plugins;

    Belief(Plugins plugins) {
        this.plugins = plugins;
    }

    /** What is wrong with a judgement; empty when it can be believed. */
    Optional<String> doubt(Payment payment, Verification verification) {
        if (verification instanceof Verification.Valid valid) {
            return payer(payment.requirements().network(), valid.payer());
        }
        if (verification instanceof Verification.Invalid invalid
                && NOT_SERVED.contains(invalid.code())
                && payment.payload().accepted().kind().equals(payment.kind())) {
            return Optional.of("says " + invalid.code() + " of " + payment.kind() + ", which it says that it serves");
        }
        return Optional.empty();
    }

    /**
     * What is wrong with a settlement; empty when it can be believed.
     *
     * @param verified the payer of the judgement; empty when it is not known
     */
    Optional<String> doubt(Payment payment, Settlement settlement, String verified) {
        Receipt receipt;
        if (settlement instanceof Settlement.Settled settled) {
            receipt = settled.receipt();
        } else if (settlement instanceof Settlement.Reversed reversed) {
            receipt = reversed.receipt();
        } else {
            return Optional.empty();
        }
        Network network = payment.requirements().network();
        if (!plugins.isReference(network, receipt.reference())) {
            return Optional.of("names a transaction that cannot be one of " + network);
        }
        Optional<String> payer = payer(network, receipt.payer());
        if (payer.isPresent()) {
            return payer;
        }
        boolean another = !receipt.payer().isEmpty()
                && !verified.isEmpty()
                && !plugins.canonicalAccount(network, receipt.payer())
                        .equals(plugins.canonicalAccount(network, verified));
        return another ? Optional.of("names another payer than it verified") : Optional.empty();
    }

    private Optional<String> payer(Network network, String payer) {
        return payer.isEmpty() || plugins.canonicalAccount(network, payer).isPresent()
                ? Optional.empty()
                : Optional.of("names a payer that cannot be one on " + network);
    }
}
