package dev.x402.bazaar.client;

import dev.x402.core.payer.Candidate;
import dev.x402.core.payer.Choice;
import dev.x402.core.payer.OfferPolicy;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.List;

/** The payer's own policy, asked only about offers that keep what was listed. */
final class AsListed implements OfferPolicy {
    private final Service service;
    private final Plugins plugins;
    private final OfferPolicy own;

    AsListed(Service service, Plugins plugins, OfferPolicy own) {
        this.service = service;
        this.plugins = plugins;
        this.own = own;
    }

    @Override
    public Choice choose(String url, PaymentRequired challenge, List<Candidate> payable) {
        List<Candidate> kept = payable.stream().filter(this::keeps).toList();
        Choice choice = own.choose(url, challenge, kept);
        return new Choice(
                choice.preferred(),
                candidate -> keeps(candidate)
                        ? choice.why(candidate)
                        : "it is not what was listed: " + service.offer().amount() + " at most, by "
                                + service.offer().scheme() + ", to the listed payee");
    }

    /** Same way, same asset, same payee, and not more. */
    private boolean keeps(Candidate candidate) {
        PaymentRequirements listed = service.offer();
        PaymentRequirements asked = candidate.offer();
        return asked.kind().equals(listed.kind())
                && candidate.assetId().equals(service.asset().id())
                && account(asked).equals(account(listed))
                && asked.amount().compareTo(listed.amount()) <= 0;
    }

    private String account(PaymentRequirements offer) {
        return plugins.canonicalAccount(offer.network(), offer.payTo()).orElse(offer.payTo());
    }
}
