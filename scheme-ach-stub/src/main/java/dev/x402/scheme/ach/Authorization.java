package dev.x402.scheme.ach;

import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a payer signs for one payment: a right to debit once, under a mandate.
 *
 * @param mandate that covers it
 * @param account token of the payer's account
 * @param originator that may debit
 * @param payTo who is paid, as the offer says it
 * @param cents that move
 * @param funding where they come from
 * @param nonce of the payer, 16 bytes; with originator and mandate it names the right
 * @param validUntil the first moment at which no bank takes it any more
 */
record Authorization(
        String mandate,
        String account,
        String originator,
        String payTo,
        long cents,
        Funding funding,
        Bytes nonce,
        Instant validUntil) {
    static final int NONCE_BYTES = 16;

    static Authorization parse(JsonCursor at) {
        JsonCursor mandate = at.member("mandate");
        JsonCursor account = at.member("account");
        JsonCursor originator = at.member("originator");
        JsonCursor payTo = at.member("payTo");
        JsonCursor funding = at.member(Ach.FUNDING);
        return new Authorization(
                Mandate.matching(mandate, Ach.isMandate(mandate.text()), "mdt_ and 16 to 40 letters or digits"),
                Mandate.matching(account, Ach.isAccountToken(account.text()), "acct_ and 16 to 40 letters or digits"),
                Mandate.matching(originator, Ach.isOriginator(originator.text()), "10 capital letters or digits"),
                Mandate.matching(payTo, Ach.isPayee(payTo.text()), "a role or an account token"),
                Mandate.cents(at.member("amount")),
                Funding.find(funding.text()).orElseThrow(() -> funding.malformed("prefunded, guaranteed or debit")),
                Hex.at(at.member("nonce"), NONCE_BYTES),
                Mandate.time(at.member("validUntil")));
    }

    Json.Obj toJson() {
        return Json.Obj.EMPTY
                .with("mandate", mandate)
                .with("account", account)
                .with("originator", originator)
                .with("payTo", payTo)
                .with("amount", Long.toString(cents))
                .with(Ach.FUNDING, funding.word())
                .with("nonce", Hex.of(nonce))
                .with("validUntil", Long.toString(validUntil.getEpochSecond()));
    }

    /** The signed bytes: network, asset and every member, each on its line. */
    Bytes toBytes() {
        return Bytes.of(String.join(
                        "\n",
                        "x402 ach payment 1",
                        Ach.KIND.scheme(),
                        Ach.NETWORK.toString(),
                        Ach.USD,
                        mandate,
                        account,
                        originator,
                        payTo,
                        Long.toString(cents),
                        funding.word(),
                        Hex.of(nonce),
                        Long.toString(validUntil.getEpochSecond()))
                .getBytes(StandardCharsets.UTF_8));
    }
}
