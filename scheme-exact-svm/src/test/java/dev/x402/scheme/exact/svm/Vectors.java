package dev.x402.scheme.exact.svm;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;

/** What the libraries of the reference SDK made of the test money's accounts. */
final class Vectors {
    private static final JsonCursor FILE = JsonCursor.at("", read());

    private Vectors() {}

    static List<Transaction> transactions() {
        return FILE.member("transactions").elements().stream()
                .map(Transaction::new)
                .toList();
    }

    static Transaction transaction(String name) {
        return transactions().stream()
                .filter(vector -> vector.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<JsonCursor> accounts() {
        return FILE.member("accounts").elements();
    }

    private static Json read() {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors.json")) {
            return Codec.JSON.read(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    record Transaction(JsonCursor at) {
        String text(String member) {
            return at.member(member).text();
        }

        String transaction() {
            return text("transaction");
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(transaction());
        }

        byte[] completed() {
            return Base64.getDecoder().decode(text("completed"));
        }

        int number(String member) {
            return at.member(member).integer(0);
        }

        boolean isLookedUp() {
            return number("lookedUp") > 0;
        }

        TransferShape shape() {
            return new TransferShape(
                    SvmAddress.of(text("feePayer")),
                    SvmAddress.of(text("authority")),
                    SvmAddress.of(text("source")),
                    SvmAddress.of(text("destination")),
                    SvmAddress.of(text("mint")),
                    SvmAddress.of(text("tokenProgram")),
                    new BigInteger(text("amount")),
                    number("decimals"),
                    number("computeUnits"),
                    new BigInteger(text("price")),
                    Blockhash.find(text("blockhash")).orElseThrow());
        }

        @Override
        public String toString() {
            return text("name");
        }
    }
}
