package eu.sparrow.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Payment;
import java.time.Instant;

/**
 * What a payer signs: one right to move money from his account.
 *
 * @param from the payer's account
 * @param to the payee's account
 * @param cents that move
 * @param speed by which they move
 * @param nonce of the payer; the bank takes one order with it
 * @param validUntil seconds since 1970 from which on the bank takes it no more
 * @param signature of the owner of {@code from}; not yet verified
 */
record Order(Iban from, Iban to, AtomicAmount cents, Speed speed, String nonce, long validUntil, String signature) {
    static final int NONCE_BYTES = 16;
    static final String REFERENCE = "E2E-[0-9a-f]{28}";
    private static final String NONCE = "[0-9a-f]{32}";
    private static final String SIGNATURE = "[0-9a-f]{128}";
    private static final int LONGEST_TIME = 12;

    /** Reads the payload of a payment, in its one spelling. */
    static Order of(Payment payment) {
        JsonCursor at = payment.payload().payloadCursor();
        JsonCursor order = at.member("order");
        JsonCursor until = order.member("validUntil");
        if (until.amount().toString().length() > LONGEST_TIME) {
            throw until.malformed("seconds since 1970, at most " + LONGEST_TIME + " digits");
        }
        JsonCursor speed = order.member("speed");
        return new Order(
                iban(order.member("from")),
                iban(order.member("to")),
                order.member("amount").amount(),
                Speed.parse(speed.text()).orElseThrow(() -> speed.malformed("instant or next-day")),
                text(order.member("nonce"), NONCE, "32 hexadecimal digits"),
                until.amount().value().longValueExact(),
                text(at.member("signature"), SIGNATURE, "128 hexadecimal digits"));
    }

    Json.Obj toJson() {
        Json.Obj order = Json.Obj.EMPTY
                .with("from", from.value())
                .with("to", to.value())
                .with("amount", cents.toString())
                .with("speed", speed.word())
                .with("nonce", nonce)
                .with("validUntil", Long.toString(validUntil));
        return Json.Obj.EMPTY.with("order", order).with("signature", signature);
    }

    /** The signed text: every member on its line, so that no two orders have the same. */
    String text() {
        return String.join(
                "\n",
                "sepa order 1",
                from.value(),
                to.value(),
                cents.toString(),
                speed.word(),
                nonce,
                Long.toString(validUntil));
    }

    Order signedBy(SepaWallet wallet) {
        byte[] signed = wallet.sign(text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Order(from, to, cents, speed, nonce, validUntil, Keys.hex(signed));
    }

    /** The order's end-to-end id: what the bank takes once, known before anything is sent. */
    // snippet: reference
    String reference() {
        return "E2E-" + Keys.digest(from.value() + "\n" + nonce).substring(0, 28);
    }
    // end: reference

    boolean isOver(Instant time) {
        return time.getEpochSecond() >= validUntil;
    }

    private static Iban iban(JsonCursor at) {
        String text = at.text();
        return Iban.find(text)
                .filter(iban -> iban.value().equals(text))
                .orElseThrow(() -> at.malformed("an IBAN in capital letters whose check digits hold"));
    }

    private static String text(JsonCursor at, String form, String expected) {
        if (!at.text().matches(form)) {
            throw at.malformed(expected);
        }
        return at.text();
    }

    /** The reference: neither accounts nor the signature, with which anybody could hand it in. */
    @Override
    public String toString() {
        return "Order[" + reference() + "]";
    }
}
