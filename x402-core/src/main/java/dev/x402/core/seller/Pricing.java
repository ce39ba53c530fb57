package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.core.seller.WayToPay.Term;
import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.plugins.Plugins;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Turns a way to pay into the draft of an offer, exactly: nothing is rounded, nothing is guessed. */
final class Pricing {
    private final Plugins plugins;

    Pricing(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * The offer before the scheme completes it.
     *
     * @throws PriceException when a term is not usable
     */
    PaymentRequirements draft(WayToPay way, ResourceRequest request) {
        String asset = asset(way, value(way.asset(), request, "asset"));
        AtomicAmount amount = amount(way, asset, value(way.price(), request, "price"));
        String payTo = payTo(way, value(way.payTo(), request, "payTo"));
        return PaymentRequirements.of(way.kind(), amount, asset, payTo, way.maxTimeoutSeconds(), way.extra());
    }

    String payTo(WayToPay way, String account) {
        return plugins.canonicalAccount(way.kind().network(), account)
                .orElseThrow(() -> new PriceException(
                        "payTo: expected an account of " + way.kind().network() + ", saw " + Shown.of(account)));
    }

    String asset(WayToPay way, Optional<String> reference) {
        Network network = way.kind().network();
        if (reference.isEmpty()) {
            List<Asset> assets = plugins.assets(network);
            if (assets.isEmpty()) {
                throw new PriceException("asset: no default is known on " + network
                        + "; name the asset, or add an asset source that knows it");
            }
            return assets.get(0).id().reference();
        }
        return plugins.canonicalAsset(network, reference.get()).orElseGet(() -> named(network, reference.get()));
    }

    /** The asset of this symbol, when there is just one. */
    private String named(Network network, String symbol) {
        List<Asset> named = plugins.assets(network).stream()
                .filter(asset -> asset.symbol().equals(symbol))
                .toList();
        if (named.size() > 1) {
            throw new PriceException("asset: expected one asset of this symbol on " + network + ", saw "
                    + named.stream().map(asset -> asset.id().reference()).toList() + "; name one of them");
        }
        if (named.isEmpty()) {
            throw new PriceException("asset: expected an asset of " + network + ", saw " + Shown.of(symbol));
        }
        return named.get(0).id().reference();
    }

    AtomicAmount amount(WayToPay way, String asset, Price price) {
        AtomicAmount amount;
        if (price instanceof Price.Atomic atomic) {
            amount = atomic.amount();
        } else if (price instanceof Price.Money money) {
            Asset known = known(way, asset, price);
            if (!known.currency().equals(money.currency())) {
                throw new PriceException("price " + price + ": asset " + known.id() + " stands for "
                        + (known.currency().isEmpty() ? "no currency" : known.currency())
                        + "; choose another asset or a price in units");
            }
            amount = exact(known, money.units(), price);
        } else {
            amount = exact(known(way, asset, price), ((Price.Units) price).units(), price);
        }
        if (amount.isZero()) {
            throw new PriceException("price " + price + ": expected more than 0");
        }
        return amount;
    }

    private Asset known(WayToPay way, String asset, Price price) {
        AssetId id = new AssetId(way.kind().network(), asset);
        return plugins.asset(id)
                .orElseThrow(() -> new PriceException("price " + price + ": the decimals of " + id
                        + " are not known; add an asset source that knows it, or price in its smallest unit"));
    }

    private static AtomicAmount exact(Asset asset, BigDecimal units, Price price) {
        try {
            return asset.toAtomic(units);
        } catch (ArithmeticException e) {
            throw new PriceException("price " + price + ": " + e.getMessage(), e);
        }
    }

    private static <T> Optional<T> value(Optional<Term<T>> term, ResourceRequest request, String name) {
        return term.map(present -> value(present, request, name));
    }

    private static <T> T value(Term<T> term, ResourceRequest request, String name) {
        if (term instanceof Term.Constant<T> constant) {
            return constant.value();
        }
        if (term instanceof Term.Unreadable<T> unreadable) {
            throw new PriceException(unreadable.problem());
        }
        T value;
        try {
            value = ((Term.Computed<T>) term).function().apply(request);
        } catch (RuntimeException | LinkageError e) {
            throw new PriceException(name + ": its function failed: " + Fault.of(e), e);
        }
        if (value == null) {
            throw new PriceException(name + ": its function returned null");
        }
        return value;
    }
}
