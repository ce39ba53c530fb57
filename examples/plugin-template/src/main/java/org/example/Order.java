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
                at.member("from").id(),
                at.member("to").id(),
                at.member("asset").id(),
                at.member("amount").amount(),
                at.member("note").id(),
                at.member("until").amount(),
                at.member("signature").id());
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
