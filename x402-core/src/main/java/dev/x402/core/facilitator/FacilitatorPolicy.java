package dev.x402.core.facilitator;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.plugins.Plugins;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose money the facilitator moves where; an argument of the application, never a service.
 *
 * <p>Asked before a payment is verified, and only about payments that the store does not know. Its answer depends on
 * tenant and terms alone, makes no I/O and does not block.
 */
@FunctionalInterface
public interface FacilitatorPolicy {
    /** Why this payment is not taken; empty: it is. A refusal is durable. */
    Optional<Settlement.Rejected> refuse(Payment payment);

    /** Takes payments for every payee: for one seller who runs his own facilitator. */
    static FacilitatorPolicy anyPayee() {
        return payment -> Optional.empty();
    }

    /** Takes a payment only for a listed payee of its tenant; spellings are compared as the rails define. */
    static FacilitatorPolicy payees(Plugins plugins, Collection<Payee> allowed) {
        Set<Payee> canonical = allowed.stream()
                .map(payee -> new Payee(
                        payee.tenant(),
                        payee.network(),
                        plugins.canonicalAsset(payee.network(), payee.asset()).orElse(payee.asset()),
                        plugins.canonicalAccount(payee.network(), payee.payTo()).orElse(payee.payTo())))
                .collect(Collectors.toUnmodifiableSet());
        return payment -> {
            PaymentRequirements offer = payment.requirements();
            Payee payee = new Payee(
                    payment.tenant(),
                    offer.network(),
                    plugins.canonicalAsset(offer.network(), offer.asset()).orElse(offer.asset()),
                    plugins.canonicalAccount(offer.network(), offer.payTo()).orElse(offer.payTo()));
            return canonical.contains(payee)
                    ? Optional.empty()
                    : Optional.of(new Settlement.Rejected(
                            ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                            "payTo: not a payee of this tenant on " + offer.network()
                                    + "; have the operator allow it"));
        };
    }

    /**
     * Somebody who may be paid.
     *
     * @param tenant whose payee it is; empty where there is one tenant
     * @param network where
     * @param asset reference of the asset
     * @param payTo account or role
     */
    record Payee(String tenant, Network network, String asset, String payTo) {
        public Payee {
            requireNonNull(tenant, "tenant");
            requireNonNull(network, "network");
            requireNonNull(asset, "asset");
            requireNonNull(payTo, "payTo");
        }
    }
}
