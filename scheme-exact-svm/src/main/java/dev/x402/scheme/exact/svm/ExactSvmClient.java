package dev.x402.scheme.exact.svm;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.exact.svm.Reading.Terms;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemePayload;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The payer's side: signs one transfer of a registered token, whose fee somebody else pays. */
final class ExactSvmClient implements SchemeClient {
    /** Longer than the 150 blocks that a blockhash lives. */
    static final Duration LIFE = Duration.ofSeconds(150);

    static final String BLOCKHASH = "recentBlockhash";
    static final String LAST_VALID = "lastValidBlockHeight";
    private static final int MAX_HEIGHT_DIGITS = 18;

    private static final int NONCE_BYTES = 16;
    private static final int COMPUTE_UNITS = 20_000; // a transfer and a memo of 32 bytes, as in the reference SDK
    private static final int UNITS_OF_A_MEMO_BYTE = 400; // what the first programs took; later ones take a hundredth
    private static final int MEMO_BYTES_WITHIN = 2 * NONCE_BYTES;
    private static final int UNITS_AT_RANDOM = 1 << 12;

    private final SvmSigner signer;
    private final SvmAddress payer;
    private final Optional<PayerReads> reads;
    private final Clock clock;
    private final SecureRandom random;
    private final Offers offers;
    private final ConcurrentHashMap<String, SvmAddress> tokenPrograms = new ConcurrentHashMap<>();

    ExactSvmClient(SvmSigner signer, Optional<PayerReads> reads, SchemeContext context) {
        this.signer = signer;
        this.payer = SvmAddress.find(signer.address())
                .orElseThrow(() -> new IllegalArgumentException("SvmSigner.address: expected base 58 of 32 bytes"));
        this.reads = reads;
        this.clock = context.clock();
        this.random = context.random();
        this.offers = new Offers(context);
    }

    @Override
    public boolean canPay(PaymentRequirements offer) {
        return terms(offer).isPresent();
    }

    @Override
    public SchemePayload pay(PaymentRequirements offer, PayContext context) {
        Terms terms = terms(offer)
                .orElseThrow(() -> new IllegalArgumentException(
                        "offer on " + offer.network() + ": expected one that canPay said yes to, saw another"));
        if (offer.amount().compareTo(context.ceiling()) > 0) {
            throw new IllegalArgumentException(
                    "offer.amount: expected at most " + context.ceiling() + ", saw " + offer.amount());
        }
        SvmAddress tokenProgram = tokenProgram(terms, context.by());
        Blockhash blockhash =
                offered(offer).orElseGet(() -> reads.orElseThrow().blockhash(terms.network(), context.by()));
        String memo = terms.memo() == null ? nonce() : terms.memo();
        Message message = Compiler.compile(
                requireNonNull(terms.feePayer()),
                blockhash,
                List.of(
                        Transfers.computeLimit(computeUnits(memo, terms.memo() != null)),
                        Transfers.computePrice(1),
                        Transfers.transfer(terms, payer, tokenProgram),
                        Transfers.memo(memo)));
        return new SchemePayload(
                ExactPayload.of(signed(message)),
                Json.Obj.EMPTY,
                clock.instant().plus(LIFE));
    }

    private Optional<Terms> terms(PaymentRequirements offer) {
        return offers.read(offer) instanceof Terms terms
                        && terms.feePayer() != null
                        && !terms.feePayer().equals(payer)
                        && !terms.payTo().equals(payer)
                        && (reads.isPresent()
                                || (terms.tokenProgram() != null
                                        && offered(offer).isPresent()))
                ? Optional.of(terms)
                : Optional.empty();
    }

    /** The blockhash that the offer brings, when it has the form of one; what it is worth only the chain knows. */
    private static Optional<Blockhash> offered(PaymentRequirements offer) {
        Json.Obj extra = offer.extraOrEmpty();
        boolean height = extra.find(LAST_VALID)
                .filter(value -> value != Json.Null.NULL)
                .map(ExactSvmClient::isHeight)
                .orElse(true);
        return height ? extra.text(BLOCKHASH).flatMap(Blockhash::find) : Optional.empty();
    }

    private static boolean isHeight(Json value) {
        String digits = value instanceof Json.Str text ? text.value() : value.toString();
        return digits.length() <= MAX_HEIGHT_DIGITS
                && !digits.isEmpty()
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private SvmAddress tokenProgram(Terms terms, Instant by) {
        if (terms.tokenProgram() != null) {
            return terms.tokenProgram();
        }
        String key = terms.network() + "/" + terms.mint();
        SvmAddress known = tokenPrograms.get(key);
        if (known != null) {
            return known;
        }
        PayerReads.Mint mint = reads.orElseThrow().mint(terms.network(), terms.mint(), by);
        if (!Programs.isToken(mint.program()) || mint.decimals() != terms.decimals()) {
            throw new IllegalArgumentException("offer.asset: expected a mint of SPL Token or Token-2022 with "
                    + terms.decimals() + " decimals, as it is registered, saw " + mint.decimals() + " of "
                    + mint.program() + " on the chain");
        }
        tokenPrograms.put(key, mint.program()); // bounded by the registered assets
        return mint.program();
    }

    /** Random, so that two payments of the same offer are two transactions. */
    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Enough for the memo; where the seller chose it, drawn so that two payments of the offer are two transactions. */
    private int computeUnits(String memo, boolean ofSeller) {
        int more = memo.getBytes(StandardCharsets.UTF_8).length - MEMO_BYTES_WITHIN;
        return COMPUTE_UNITS
                + Math.max(0, more) * UNITS_OF_A_MEMO_BYTE
                + (ofSeller ? random.nextInt(UNITS_AT_RANDOM) : 0);
    }

    /** Asks the signer and checks the answer: a wrong key is found before anything leaves. */
    private WireTransaction signed(Message message) {
        byte[] signature = signer.sign(message.bytes());
        if (!Ed25519.verify(payer, message.bytes(), signature)) {
            throw new IllegalStateException("signer " + payer + ": expected 64 bytes of Ed25519 by its key, saw"
                    + " something else; check which key the signer uses");
        }
        return WireTransaction.unsigned(message).signedBy(payer, signature);
    }
}
