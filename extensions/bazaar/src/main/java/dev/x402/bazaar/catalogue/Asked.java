package dev.x402.bazaar.catalogue;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Network;
import dev.x402.spec.NetworkPattern;
import java.util.Optional;

/** A search as a query asks for it. */
final class Asked {
    private static final int MOST_WORDS = 16;
    private static final int MOST_LISTED = 8;
    private static final int DEEPEST = 1_000_000;

    private Asked() {}

    /**
     * Reads a search.
     *
     * @throws ParameterException naming the parameter that is out of its bounds
     */
    static Search of(Parameters asked, Cursors cursors) {
        Search.Builder search = Search.builder();
        asked.one("query", 256).ifPresent(text -> search.text(words(text)));
        asked.one("type", 32).ifPresent(search::type);
        asked.one("method", 128).ifPresent(search::operation);
        asked.one("scheme", 64).ifPresent(search::scheme);
        asked.one("payTo", 256).ifPresent(search::payTo);
        asked.one("provider", 128)
                .or(() -> asked.one("metadata[provider]", 128))
                .ifPresent(search::name);
        asked.one("category", 64).or(() -> asked.one("metadata[category]", 64)).ifPresent(search::tag);
        asked.many("tags", MOST_LISTED, 64).forEach(search::tag);
        asked.many("extensions", MOST_LISTED, 64).forEach(search::extension);
        Optional<NetworkPattern> network = asked.one("network", 64)
                .map(text -> NetworkPattern.find(text)
                        .orElseThrow(() -> new ParameterException(
                                "network", "CAIP-2 such as eip155:8453 or eip155:*", ParameterException.quoted(text))));
        network.ifPresent(search::network);
        Optional<AssetId> asset = asked.one("asset", 128).map(reference -> asset(network, reference));
        asset.ifPresent(search::asset);
        amount(asked, "minAmount", asset).ifPresent(search::least);
        amount(asked, "maxAmount", asset).ifPresent(search::most);
        asked.one("sort", 16).ifPresent(word -> search.order(order(word, asset)));
        search.limit(asked.number("limit", 1, Search.MOST, 20));
        int offset = asked.number("offset", 0, DEEPEST, 0);
        Optional<String> cursor = asked.one("cursor", Cursors.LONGEST);
        if (cursor.isEmpty()) {
            return search.offset(offset).build();
        }
        if (offset > 0) {
            throw new ParameterException("offset", "none beside a cursor", Integer.toString(offset));
        }
        return search.after(cursors.read(cursor.get(), search.build())).build();
    }

    private static String words(String text) {
        int words = Search.words(text).size();
        if (words > MOST_WORDS || words == 0) {
            throw new ParameterException("query", "1 to " + MOST_WORDS + " words", Integer.toString(words));
        }
        return text;
    }

    private static AssetId asset(Optional<NetworkPattern> network, String reference) {
        return network.filter(pattern -> !pattern.isFamily())
                .map(pattern -> new AssetId(Network.parse(pattern.toString()), reference))
                .orElseThrow(() -> new ParameterException("network", "the one network of the asset", "none"));
    }

    private static Optional<AtomicAmount> amount(Parameters asked, String name, Optional<AssetId> asset) {
        Optional<AtomicAmount> amount = asked.one(name, 128)
                .map(text -> AtomicAmount.find(text)
                        .orElseThrow(() -> new ParameterException(
                                name, "the asset's smallest units such as 10000", ParameterException.quoted(text))));
        if (amount.isPresent() && asset.isEmpty()) {
            throw new ParameterException("asset", "the asset of " + name, "none");
        }
        return amount;
    }

    private static Search.Order order(String word, Optional<AssetId> asset) {
        if (word.equals("price")) {
            if (asset.isEmpty()) {
                throw new ParameterException("asset", "the asset whose price is the order", "none");
            }
            return Search.Order.PRICE;
        }
        if (!word.equals("listed")) {
            throw new ParameterException("sort", "listed or price", ParameterException.quoted(word));
        }
        return Search.Order.LISTED;
    }
}
