package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The payee's side: adds the facilitator's fee payer, and refuses offers that nobody could pay.
 *
 * <p>With a node of its own it adds a blockhash as well, so that payers need none.
 */
final class ExactSvmServer implements SchemeServer {
    /** How long a blockhash is offered; it lives some twelve times longer. */
    static final Duration FRESH = Duration.ofSeconds(5);

    private final Offers offers;
    private final Optional<PayerReads> reads;
    private final Clock clock;
    private final ConcurrentHashMap<Network, Seen> seen = new ConcurrentHashMap<>();

    ExactSvmServer(Optional<PayerReads> reads, SchemeContext context) {
        this.offers = new Offers(context);
        this.reads = reads;
        this.clock = context.clock();
    }

    private record Seen(Blockhash blockhash, Instant at) {}

    @Override
    public PaymentRequirements complete(PaymentRequirements draft, SupportedKind kind, Instant by) {
        Json.Obj extra = draft.extraOrEmpty();
        if (extra.text(Offers.MEMO).filter(String::isEmpty).isPresent()) {
            throw new IllegalArgumentException("extra.memo: expected 1 to " + Offers.MAX_MEMO_BYTES
                    + " bytes, saw none; leave it out for a memo of the payer's");
        }
        if (extra.find(Offers.FEE_PAYER).isEmpty()) {
            extra = extra.with(Offers.FEE_PAYER, feePayer(kind));
        }
        PaymentRequirements offer = draft.withExtra(extra);
        if (offers.read(offer) instanceof Reading.Refusal refusal) {
            throw new IllegalArgumentException(refusal.message());
        }
        return extra.find(ExactSvmClient.BLOCKHASH).isPresent()
                ? offer
                : blockhash(draft.network(), by)
                        .map(hash ->
                                offer.withExtra(offer.extraOrEmpty().with(ExactSvmClient.BLOCKHASH, hash.toString())))
                        .orElse(offer);
    }

    @Override
    public Set<String> dynamicExtra() {
        return reads.isPresent() ? Set.of(ExactSvmClient.BLOCKHASH) : Set.of();
    }

    private static String feePayer(SupportedKind kind) {
        return Optional.ofNullable(kind.extra())
                .flatMap(extra -> extra.text(Offers.FEE_PAYER))
                .filter(text -> SvmAddress.find(text).isPresent())
                .orElseThrow(() -> new IllegalArgumentException("extra.feePayer: expected base 58 of 32 bytes in what"
                        + " the facilitator says of " + kind.kind() + ", saw none; ask another facilitator"));
    }

    /** A payer asks a node of his own when there is none here. */
    private Optional<Blockhash> blockhash(Network network, Instant by) {
        Seen last = seen.get(network);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.at().plus(FRESH)) && !now.isBefore(last.at())) {
            return Optional.of(last.blockhash());
        }
        try {
            Optional<Blockhash> read = reads.map(node -> node.blockhash(network, by));
            read.ifPresent(hash -> seen.put(network, new Seen(hash, now)));
            return read;
        } catch (RailUnavailableException unavailable) {
            return Optional.empty();
        }
    }
}
