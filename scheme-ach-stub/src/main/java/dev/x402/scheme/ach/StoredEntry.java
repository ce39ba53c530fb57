package dev.x402.scheme.ach;

import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spi.Bytes;
import dev.x402.spi.Signed;
import java.time.Instant;

/** An entry as the bytes of an attempt: written down before it is handed in, read by every later version. */
final class StoredEntry {
    /** The number of the form; a later version reads this one as well. */
    static final int FORMAT = 1;

    private StoredEntry() {}

    static Signed write(Entry entry) {
        Json.Obj json = Json.Obj.EMPTY
                .with("trace", entry.trace())
                .with("endToEndId", entry.endToEndId())
                .with("mandate", entry.mandate())
                .with("account", entry.account())
                .with("payee", entry.payee())
                .with("cents", Long.toString(entry.cents()))
                .with("sec", entry.sec().name())
                .with("funding", entry.funding().name())
                .with("speed", entry.speed().name())
                .with("notAfter", entry.notAfter().toString());
        return new Signed(entry.trace(), FORMAT, Bytes.of(Codec.JSON.write(json)));
    }

    static Entry read(Signed signed) {
        if (signed.format() != FORMAT) {
            throw new IllegalArgumentException("entry " + signed.reference() + ": expected format " + FORMAT + ", saw "
                    + signed.format() + "; a newer version of this plugin wrote it");
        }
        JsonCursor at = JsonCursor.at("", Codec.JSON.read(signed.bytes().toArray()));
        return new Entry(
                at.member("trace").id(),
                at.member("endToEndId").id(),
                at.member("mandate").id(),
                at.member("account").id(),
                at.member("payee").id(),
                Mandate.cents(at.member("cents")),
                SecCode.valueOf(at.member("sec").id()),
                Funding.valueOf(at.member("funding").id()),
                Speed.valueOf(at.member("speed").id()),
                Instant.parse(at.member("notAfter").id()));
    }
}
