package dev.x402.bazaar.catalogue;

import dev.x402.bazaar.Listing;
import dev.x402.spec.AssetId;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A listing with what it is found by.
 *
 * @param listing as it was put
 * @param sequence its place in the order of listing
 * @param offers in the one spelling
 */
record Entry(Listing listing, long sequence, List<PaymentRequirements> offers) {
    private static final int MOST_WORDS = 512;

    Entry {
        offers = List.copyOf(offers);
    }

    static Entry of(Listing listing, long sequence, Plugins plugins) {
        return new Entry(
                listing,
                sequence,
                listing.accepts().stream().map(offer -> spelled(offer, plugins)).toList());
    }

    /** Every term of it. */
    Set<String> terms() {
        Set<String> terms = new LinkedHashSet<>();
        Listing.Key key = listing.key();
        terms.add(Term.TYPE.of(key.type()));
        terms.add(Term.OPERATION.of(key.operation()));
        if (!listing.name().isEmpty()) {
            terms.add(Term.NAME.of(listing.name().toLowerCase(Locale.ROOT)));
        }
        if (!listing.declaration().isEmpty()) {
            terms.add(Term.EXTENSION.of("bazaar"));
        }
        listing.tags().forEach(tag -> terms.add(Term.TAG.of(tag.toLowerCase(Locale.ROOT))));
        for (PaymentRequirements offer : offers) {
            terms.add(Term.NETWORK.of(offer.network().toString()));
            terms.add(Term.NETWORK.of(offer.network().namespace() + ":*"));
            terms.add(Term.SCHEME.of(offer.scheme()));
            terms.add(Term.ASSET.of(offer.assetId().toString()));
            terms.add(Term.PAYEE.of(offer.payTo()));
        }
        String texts = String.join(
                "\n",
                List.of(
                        listing.name(),
                        String.join("\n", listing.tags()),
                        key.operation(),
                        key.resource(),
                        listing.description()));
        Words.of(texts, MOST_WORDS).forEach(word -> terms.add(Term.WORD.of(word)));
        return terms;
    }

    /** What an entry is found by. */
    enum Term {
        TYPE('t'),
        OPERATION('o'),
        NAME('m'),
        EXTENSION('x'),
        TAG('g'),
        NETWORK('n'),
        SCHEME('s'),
        ASSET('a'),
        PAYEE('p'),
        WORD('w');

        private final char letter;

        Term(char letter) {
            this.letter = letter;
        }

        String of(String value) {
            return letter + value;
        }
    }

    private static PaymentRequirements spelled(PaymentRequirements offer, Plugins plugins) {
        Network network = offer.network();
        return PaymentRequirements.of(
                offer.kind(),
                offer.amount(),
                spelled(offer.assetId(), plugins).reference(),
                plugins.canonicalAccount(network, offer.payTo()).orElse(offer.payTo()),
                offer.maxTimeoutSeconds(),
                Json.Obj.EMPTY);
    }

    /** The asset in its one spelling. */
    static AssetId spelled(AssetId asset, Plugins plugins) {
        return plugins.canonicalAsset(asset.network(), asset.reference())
                .map(reference -> new AssetId(asset.network(), reference))
                .orElse(asset);
    }
}
