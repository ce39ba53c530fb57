// snippet: file
package org.example;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Payment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a payer signs, and what the bank enters: one right to move money. */
record Order(
        String from, String to, String asset, AtomicAmount amount, String note, AtomicAmount until, String signature) {

    static Order of(Payment payment) {
        return parse(payment.payload().payloadCursor());
    }

    static Order parse(JsonCursor at) {
        return new Order(
                shaped(at.member("from"), Pebble.ACCOUNT),
                shaped(at.member("to"), Pebble.ACCOUNT),
                shaped(at.member("asset"), Pebble.ASSET),
                at.member("amount").amount(),
                shaped(at.member("note"), "[0-9a-f]{32}"),
                at.member("until").amount(),
                shaped(at.member("signature"), "[0-9a-f]{1,64}"));
    }

    /** What arrives is hostile: its shape is checked before anything is done with it. */
    private static String shaped(JsonCursor at, String shape) {
        String text = at.id();
        if (!text.matches(shape)) {
            throw at.malformed("text of the shape " + shape);
        }
        return text;
    }

    static Order parse(byte[] bytes) {
        return parse(JsonCursor.at("", Codec.JSON.read(bytes)));
    }

    /** The signed text; JSON names each member, so that no two orders have the same. */
    String text() {
        return new String(Codec.JSON.write(toJson().without("signature")), StandardCharsets.UTF_8);
    }

    Order sign(PebblePurse purse) {
        return new Order(from, to, asset, amount, note, until, purse.sign(text()));
    }

    Json.Obj toJson() {
        return Json.Obj.EMPTY
                .with("from", from)
                .with("to", to)
                .with("asset", asset)
                .with("amount", amount.toString())
                .with("note", note)
                .with("until", until.toString())
                .with("signature", signature);
    }

    boolean isOver(Instant time) {
        return until.compareTo(AtomicAmount.of(time.getEpochSecond())) <= 0;
    }

    /** The signature stays out of logs. */
    @Override
    public String toString() {
        return "Order[" + from + " pays " + to + " " + amount + " " + asset + "]";
    }
}
// end: file
