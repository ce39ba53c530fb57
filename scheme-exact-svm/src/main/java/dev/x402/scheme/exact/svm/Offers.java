package dev.x402.scheme.exact.svm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.SchemeContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads offers, for all three sides alike. */
final class Offers {
    static final String FEE_PAYER = "feePayer";
    static final String MEMO = "memo";
    static final int MAX_MEMO_BYTES = 256;
    private static final Set<String> FLOWS = Set.of("authorization", "upfront");
    private static final int AMOUNT_BITS = 64;

    private final SchemeContext context;
    private final ConcurrentHashMap<String, Asset> assets = new ConcurrentHashMap<>();

    Offers(SchemeContext context) {
        this.context = context;
    }

    Reading read(PaymentRequirements offer) {
        if (!offer.scheme().equals(ExactSvmScheme.NAME)) {
            return refused(ErrorCode.INVALID_SCHEME, "scheme: expected exact, saw another");
        }
        if (!SvmRail.isCluster(offer.network())) {
            return refused(
                    ErrorCode.INVALID_NETWORK,
                    "network: expected solana: and 32 characters of a genesis hash, saw " + offer.network());
        }
        Optional<SvmAddress> mint = SvmAddress.find(offer.asset());
        Optional<SvmAddress> payTo = SvmAddress.find(offer.payTo());
        if (mint.isEmpty()) {
            return odd("asset: expected base 58 of 32 bytes");
        }
        if (payTo.isEmpty() || payTo.equals(mint) || payTo.get().equals(Programs.SYSTEM)) {
            return odd("payTo: expected base 58 of 32 bytes, neither zeros nor the asset");
        }
        if (offer.amount().isZero() || offer.amount().value().bitLength() > AMOUNT_BITS) {
            return odd("amount: expected 1 to 2^64-1, saw " + (offer.amount().isZero() ? "0" : "more"));
        }
        return asset(offer)
                .<Reading>map(asset -> extra(offer, mint.get(), payTo.get(), asset))
                .orElseGet(() -> odd("asset: expected one that is registered on " + offer.network() + ", saw another"));
    }

    private static Reading extra(PaymentRequirements offer, SvmAddress mint, SvmAddress payTo, Asset asset) {
        String flow = text(offer, "paymentFlow");
        if (isWrong(offer, "paymentFlow") || (flow != null && !FLOWS.contains(flow))) {
            return odd("extra.paymentFlow: expected authorization or upfront, saw another");
        }
        String memo = text(offer, MEMO);
        if (isWrong(offer, MEMO) || (memo != null && bytes(memo) > MAX_MEMO_BYTES)) {
            return odd("extra.memo: expected a text of at most " + MAX_MEMO_BYTES + " bytes in UTF-8, saw "
                    + (memo == null ? "no text" : "more"));
        }
        String named = text(offer, FEE_PAYER);
        Optional<SvmAddress> feePayer = named == null ? Optional.empty() : SvmAddress.find(named);
        if (isWrong(offer, FEE_PAYER) || (named != null && feePayer.isEmpty())) {
            return refused(Codes.MISSING_FEE_PAYER, "extra.feePayer: expected base 58 of 32 bytes, saw another text");
        }
        return new Reading.Terms(
                offer.network(),
                mint,
                payTo,
                offer.amount().value(),
                asset.decimals(),
                asset.extra()
                        .text(SvmAssets.TOKEN_PROGRAM)
                        .flatMap(SvmAddress::find)
                        .orElse(null),
                memo == null || memo.isEmpty() ? null : memo, // as the reference SDK reads it
                feePayer.orElse(null));
    }

    private Optional<Asset> asset(PaymentRequirements offer) {
        String key = offer.network() + "/" + offer.asset();
        Asset known = assets.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Asset> asset = context.asset(offer.assetId());
        asset.ifPresent(found -> assets.put(key, found)); // bounded by the registered assets
        return asset;
    }

    private static @Nullable String text(PaymentRequirements offer, String member) {
        return offer.extraOrEmpty()
                .find(member)
                .map(value -> value instanceof Json.Str text ? text.value() : null)
                .orElse(null);
    }

    private static boolean isWrong(PaymentRequirements offer, String member) {
        return offer.extraOrEmpty()
                .find(member)
                .filter(value -> value != Json.Null.NULL && !(value instanceof Json.Str))
                .isPresent();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Reading odd(String message) {
        return refused(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, message);
    }

    private static Reading refused(ErrorCode code, String message) {
        return new Reading.Refusal(code, message);
    }
}
