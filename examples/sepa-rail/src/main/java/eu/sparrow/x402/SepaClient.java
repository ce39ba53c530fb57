package eu.sparrow.x402;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.time.Duration;
import java.time.Instant;

/** The payer's side: signs the offer and nothing else. */
final class SepaClient implements SchemeClient {
    /** The longest that a signature lives, whatever the offer asks: a long weekend. */
    private static final Duration LONGEST = Duration.ofDays(5);

    private final SepaWallet wallet;
    private final SchemeContext context;

    SepaClient(SepaWallet wallet, SchemeContext context) {
        this.wallet = wallet;
        this.context = context;
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        return Terms.refusal(offer).isEmpty()
                && context.asset(offer.assetId()).isPresent()
                && !offer.payTo().equalsIgnoreCase(wallet.iban());
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
        if (!canPay(offer)) {
            throw new IllegalArgumentException("offer: expected one that canPay said yes to, saw another");
        }
        if (offer.amount().compareTo(terms.ceiling()) > 0) {
            throw new IllegalArgumentException(
                    "offer.amount: expected at most " + terms.ceiling() + ", saw " + offer.amount());
        }
        byte[] nonce = new byte[Order.NONCE_BYTES];
        context.random().nextBytes(nonce);
        long until = context.clock()
                .instant()
                .plusSeconds(Math.min(offer.maxTimeoutSeconds(), LONGEST.toSeconds()))
                .getEpochSecond();
        Order order = new Order(
                Iban.find(wallet.iban()).orElseThrow(),
                Iban.find(offer.payTo()).orElseThrow(),
                offer.amount(),
                Speed.of(offer).orElseThrow(),
                Keys.hex(nonce),
                until,
                "");
        return new SchemePayload(order.signedBy(wallet).toJson(), Json.Obj.EMPTY, Instant.ofEpochSecond(until));
    }
}
