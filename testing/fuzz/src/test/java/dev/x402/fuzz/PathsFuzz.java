package dev.x402.fuzz;

import dev.x402.http.Answer;
import dev.x402.http.PathView;
import dev.x402.http.server.PaidRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The path and query of a request: what reads as a priced path asks to be paid. */
public final class PathsFuzz {
    private static final PaidRoutes ROUTES = new Seller().routes();

    private PathsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        String target = new String(data, StandardCharsets.ISO_8859_1);
        int mark = target.indexOf('?');
        String raw = mark < 0 ? target : target.substring(0, mark);
        Bytewise request = Bytewise.get(raw, mark < 0 ? "" : target.substring(mark + 1), Map.of());
        Optional<Answer> answer = ROUTES.answer(request, (paid, limit) -> {
            throw new AssertionError("ran unpaid: " + target);
        });
        Optional<String> read = PathView.of(raw);
        int expected = read.isEmpty() ? 400 : priced(read.get()) ? 402 : 0;
        int seen = answer.map(Answer::status).orElse(0);
        if (seen != expected) {
            throw new AssertionError("expected " + expected + " for " + target + ", saw " + seen);
        }
    }

    private static boolean priced(String path) {
        String[] parts = path.split("/", -1);
        boolean slash = parts.length > 2 && parts[parts.length - 1].isEmpty();
        int count = slash ? parts.length - 1 : parts.length;
        return (count == 2 && parts[1].equals("paid")) || (count == 3 && parts[1].equals("items"));
    }
}
