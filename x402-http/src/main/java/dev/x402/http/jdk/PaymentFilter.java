package dev.x402.http.jdk;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.x402.http.Answer;
import dev.x402.http.server.Paid;
import dev.x402.http.server.PaidRoutes;
import java.io.IOException;
import java.util.Optional;

/**
 * Asks for payment before the handlers of the JDK's server.
 *
 * <p>A handler must answer before it returns. It finds {@link Paid} under {@link Paid#ATTRIBUTE}. The server gives a
 * handler every path that begins like its context: those that are not listed are 404 when the context's own path is
 * priced. For a context of {@code /} use {@link PaidRoutes.Builder#listedOnly} or patterns that end with {@code **}.
 */
public final class PaymentFilter extends Filter {
    private final PaidRoutes routes;

    /** A filter for a context, by these routes. */
    public PaymentFilter(PaidRoutes routes) {
        this.routes = requireNonNull(routes, "routes");
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        JdkRequest request = new JdkRequest(exchange);
        Optional<Answer> answer = routes.answer(request, (paid, limit) -> {
            HeldExchange held = new HeldExchange(exchange, request.kept(), limit);
            held.setAttribute(Paid.ATTRIBUTE, paid);
            try {
                chain.doFilter(held);
            } catch (IOException | RuntimeException failure) {
                return held.unlessOverflown(failure);
            }
            return held.answer();
        });
        if (answer.isEmpty()) {
            chain.doFilter(exchange);
            return;
        }
        try (exchange) {
            JdkAnswer.send(exchange, answer.get());
        }
    }

    @Override
    public String description() {
        return "asks for payment by x402";
    }
}
