package dev.x402.tck.reference;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs with the purse. */
final class LedgerClient implements SchemeClient {
    private static final SecureRandom OWN = new SecureRandom();

    private final SchemeContext context;
    private final Purse purse;
    private final Flaw flaw;
    private final LedgerRail rail = new LedgerRail();

    private final Runnable asked;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger asks = new AtomicInteger();
    private final Instant made;

    LedgerClient(SchemeContext context, Purse purse, Flaw flaw, Runnable asked) {
        this.asked = asked;
        this.made = context.clock().instant().minus(Duration.ofDays(2));
        this.context = context;
        this.purse = purse;
        this.flaw = flaw;
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        if (flaw == Flaw.TIRES_OF_ITS_OFFER && asks.incrementAndGet() > 2) {
            return false;
        }
        if (flaw == Flaw.PAYS_ON_EVERY_NETWORK && !offer.network().equals(LedgerRail.NETWORK)) {
            return true;
        }
        if (flaw == Flaw.THROWS_AT_STRANGE_OFFERS && offer.payTo().startsWith("0x")) {
            throw new IllegalArgumentException("payTo");
        }
        if (flaw == Flaw.JUDGING_ASKS_THE_RAIL) {
            asked.run();
        }
        return recognises(offer);
    }

    @Override
    public void close() {
        if (flaw == Flaw.CLIENT_CLOSES_ONCE && !closed.compareAndSet(false, true)) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public String toString() {
        return flaw == Flaw.SHOWS_ITS_SECRET ? purse.secret() : "payer's side";
    }

    private boolean recognises(PaymentRequirements offer) {
        return (offer.scheme().equals("ledger") || flaw == Flaw.PAYS_BY_EVERY_SCHEME)
                && rail.canonicalAccount(offer.network(), offer.payTo()).isPresent()
                && context.asset(offer.assetId()).isPresent();
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext terms) {
        if (!recognises(offer)) {
            throw new IllegalArgumentException("offer: expected ledger on mem:1, saw " + offer.kind());
        }
        if (flaw != Flaw.CEILING_UNCHECKED && offer.amount().compareTo(terms.ceiling()) > 0) {
            throw new IllegalArgumentException("amount: expected at most the ceiling");
        }
        byte[] nonce = new byte[16];
        if (flaw == Flaw.RANDOM_OF_ITS_OWN) {
            OWN.nextBytes(nonce);
        } else {
            context.random().nextBytes(nonce);
        }
        if (flaw == Flaw.SIGNING_IS_SHARED && Thread.currentThread().getName().startsWith("pool-")) {
            nonce = new byte[16];
        }
        Instant until = context.clock()
                .instant()
                .plusSeconds(flaw == Flaw.LIVES_A_YEAR ? 31_536_000 : offer.maxTimeoutSeconds());
        Optional<String> payee = rail.canonicalAccount(offer.network(), offer.payTo());
        Authorization right = new Authorization(
                        offer.network(),
                        purse.account(),
                        payee.orElseThrow(),
                        rail.canonicalAsset(offer.network(), offer.asset()).orElseThrow(),
                        offer.amount(),
                        HexFormat.of().formatHex(nonce),
                        until.getEpochSecond(),
                        "")
                .signed(purse.secret());
        Instant end = Instant.ofEpochSecond(until.getEpochSecond());
        Json.Obj payload = flaw == Flaw.TOO_LONG_FOR_A_HEADER
                ? right.payload().with("note", "\u00e9".repeat(4_000))
                : right.payload();
        return new SchemePayload(
                payload, Json.Obj.EMPTY, flaw == Flaw.LIVE_UNTIL_STANDS_STILL ? made.plusSeconds(172_860) : end);
    }
}
