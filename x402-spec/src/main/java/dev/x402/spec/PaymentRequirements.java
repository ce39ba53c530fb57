package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One way to pay: an offer (x402 v2, section 5.1.2).
 *
 * @param scheme such as {@code exact}
 * @param network where the money moves
 * @param amount in the asset's smallest unit
 * @param asset token address, mint or ISO 4217 code, in the spelling in which it came
 * @param payTo account or role of the payee, in the spelling in which it came
 * @param maxTimeoutSeconds how long the payment may take, 1 or more
 * @param extra what the scheme needs besides; null when absent, which is not the same as empty on the wire
 * @param unknown members that this version does not know, kept for the echo
 */
public record PaymentRequirements(
        String scheme,
        Network network,
        AtomicAmount amount,
        String asset,
        String payTo,
        int maxTimeoutSeconds,
        Json.@Nullable Obj extra,
        Json.Obj unknown) {
    public PaymentRequirements {
        requireNonNull(scheme, "scheme");
        requireNonNull(network, "network");
        requireNonNull(amount, "amount");
        requireNonNull(asset, "asset");
        requireNonNull(payTo, "payTo");
        requireNonNull(unknown, "unknown");
        if (maxTimeoutSeconds < 1) {
            throw new IllegalArgumentException("maxTimeoutSeconds: expected 1 or more, saw " + maxTimeoutSeconds);
        }
    }

    /** An offer without members that this version does not know. */
    public static PaymentRequirements of(
            Kind kind, AtomicAmount amount, String asset, String payTo, int maxTimeoutSeconds, Json.Obj extra) {
        return new PaymentRequirements(
                kind.scheme(), kind.network(), amount, asset, payTo, maxTimeoutSeconds, extra, Json.Obj.EMPTY);
    }

    /** Scheme and network. */
    public Kind kind() {
        return new Kind(scheme, network);
    }

    /** The asset on its network. */
    public AssetId assetId() {
        return new AssetId(network, asset);
    }

    /** The extra members, empty when absent. */
    public Json.Obj extraOrEmpty() {
        return extra == null ? Json.Obj.EMPTY : extra;
    }

    /** This offer with other extra members. */
    public PaymentRequirements withExtra(Json.Obj changed) {
        return new PaymentRequirements(scheme, network, amount, asset, payTo, maxTimeoutSeconds, changed, unknown);
    }

    /** This offer with another amount. */
    public PaymentRequirements withAmount(AtomicAmount changed) {
        return new PaymentRequirements(scheme, network, changed, asset, payTo, maxTimeoutSeconds, extra, unknown);
    }
}
