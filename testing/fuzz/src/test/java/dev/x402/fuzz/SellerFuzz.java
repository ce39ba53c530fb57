package dev.x402.fuzz;

import dev.x402.http.Answer;
import dev.x402.http.server.PaidRoutes;
import dev.x402.spec.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A payment header before a seller: whatever it says, a handler's answer goes out only where money moved. */
public final class SellerFuzz {
    private static final Seller SELLER = new Seller();
    private static final PaidRoutes ROUTES = SELLER.routes();

    private SellerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        String header = data.length > 0 && data[0] == '{'
                ? Base64.getEncoder().encodeToString(data)
                : new String(data, StandardCharsets.ISO_8859_1);
        int before = SELLER.believer.settled.get();
        AtomicInteger ran = new AtomicInteger();
        Optional<Answer> answer = ROUTES.answer(
                Bytewise.get("/paid", "", Map.of("PAYMENT-SIGNATURE", List.of(header))), (paid, limit) -> {
                    ran.incrementAndGet();
                    return Optional.of(Answer.of(204));
                });
        int status = answer.map(Answer::status).orElse(0);
        boolean moved = SELLER.believer.settled.get() > before;
        boolean given = status == 204 && !isPaid(header);
        if (status == 0 || status == 500 || given || (ran.get() > 0 && !moved)) {
            throw new AssertionError("status " + status + ", ran " + ran + ", moved " + moved);
        }
    }

    /** Whether money moved for this payment, now or for the same one before. */
    private static boolean isPaid(String header) {
        return SELLER.believer.proofs.contains(
                Codec.PAYMENT_PAYLOAD.readHeader(header.strip()).payload());
    }
}
