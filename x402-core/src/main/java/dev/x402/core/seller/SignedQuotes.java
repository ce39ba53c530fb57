package dev.x402.core.seller;

import dev.x402.spec.PaymentRequirements;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quotes that prove themselves: the offer carries a code over its terms, its end and the request that it is for.
 *
 * <p>No store: every replica that has the keys honours it, as often as the same request is made until its end. It is
 * good for no other tenant, caller, method, route, target or body.
 */
final class SignedQuotes {
    /** The member of {@code extra}: the end in seconds since 1970, a dot, 128 bits of HMAC. */
    static final String MEMBER = "quote";

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,10})\\.([A-Za-z0-9_-]{22})");
    private static final int CODE_BYTES = 16;
    private static final String DOMAIN = "x402-quote-1";

    private final QuoteKeys keys;
    private final Clock clock;

    SignedQuotes(QuoteKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** What came with the terms that a payment accepts. */
    sealed interface Seen {
        /** We offered these terms for this request, and said that they hold. */
        record Holds() implements Seen {}

        /** We offered these terms for this request, until then. */
        record Over(Instant end) implements Seen {}

        /** These terms are no quote of ours for this request. */
        record Unknown() implements Seen {}
    }

    /**
     * The offer with its quote.
     *
     * @param dynamicExtra members that are new in every challenge; they do not count
     */
    PaymentRequirements signed(
            PaymentRequirements offer, Set<String> dynamicExtra, ResourceRequest request, Duration lasts) {
        long end = clock.instant().plus(lasts).getEpochSecond();
        return offer.withExtra(offer.extraOrEmpty()
                .with(MEMBER, end + "." + code(0, message(end, offer, dynamicExtra, request))));
    }

    /**
     * What the quote in these terms is worth.
     *
     * @param terms with asset and payee in canonical spelling
     */
    Seen look(PaymentRequirements terms, Set<String> dynamicExtra, ResourceRequest request) {
        Matcher quote = FORM.matcher(terms.extraOrEmpty().text(MEMBER).orElse(""));
        if (!quote.matches()) {
            return new Seen.Unknown();
        }
        long end = Long.parseLong(quote.group(1));
        byte[] seen = quote.group(2).getBytes(StandardCharsets.US_ASCII);
        byte[] message = message(end, terms, dynamicExtra, request);
        boolean ours = false;
        for (int i = 0; i < keys.size(); i++) {
            ours |= MessageDigest.isEqual(code(i, message).getBytes(StandardCharsets.US_ASCII), seen);
        }
        if (!ours) {
            return new Seen.Unknown();
        }
        Instant over = Instant.ofEpochSecond(end);
        return clock.instant().isBefore(over) ? new Seen.Holds() : new Seen.Over(over);
    }

    private String code(int key, byte[] message) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(keys.mac(key, message), CODE_BYTES));
    }

    private static byte[] message(
            long end, PaymentRequirements offer, Set<String> dynamicExtra, ResourceRequest request) {
        return new Canonical()
                .text(DOMAIN)
                .text(Long.toString(end))
                .request(request)
                .text(request.caller())
                .offer(offer, withQuote(dynamicExtra))
                .toBytes();
    }

    /** These members and the quote itself. */
    static Set<String> withQuote(Set<String> dynamicExtra) {
        if (dynamicExtra.isEmpty()) {
            return Set.of(MEMBER);
        }
        Set<String> both = new HashSet<>(dynamicExtra);
        both.add(MEMBER);
        return both;
    }
}
