package dev.x402.http.jdk;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.x402.core.Fault;
import dev.x402.http.Answer;
import dev.x402.http.server.Delivery;
import dev.x402.http.server.HeldHandler;
import dev.x402.http.server.Paid;
import dev.x402.http.server.PaidRoutes;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for payment before the handlers of the JDK's server.
 *
 * <p>A handler must answer before it returns; where the money moved before the work, what it writes goes out as it is
 * written. It finds {@link Paid} under {@link Paid#ATTRIBUTE}. The server gives a
 * handler every path that begins like its context: those that are not listed are 404 when the context's own path is
 * priced. For a context of {@code /} use {@link PaidRoutes.Builder#listedOnly} or patterns that end with {@code **}.
 */
public final class PaymentFilter extends Filter {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentFilter.class);

    private final PaidRoutes routes;

    /** A filter for a context, by these routes. */
    public PaymentFilter(PaidRoutes routes) {
        this.routes = requireNonNull(routes, "routes");
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        JdkRequest request = new JdkRequest(exchange);
        Handling handling = new Handling(exchange, request, chain);
        Optional<Answer> answer = routes.answer(request, handling);
        if (answer.isEmpty()) {
            chain.doFilter(exchange);
            return;
        }
        try (exchange) {
            if (!handling.streamed) {
                JdkAnswer.send(exchange, answer.get());
            }
        }
    }

    /** The handler behind the filter, once. */
    private static final class Handling implements HeldHandler {
        private final HttpExchange exchange;
        private final JdkRequest request;
        private final Chain chain;
        private boolean streamed;

        Handling(HttpExchange exchange, JdkRequest request, Chain chain) {
            this.exchange = exchange;
            this.request = request;
            this.chain = chain;
        }

        @Override
        public Optional<Answer> run(Paid paid, int limit) throws Exception {
            HeldExchange held = new HeldExchange(exchange, request.kept(), limit);
            held.setAttribute(Paid.ATTRIBUTE, paid);
            try {
                chain.doFilter(held);
            } catch (IOException | RuntimeException failure) {
                return held.unlessOverflown(failure);
            }
            return held.answer();
        }

        @Override
        public boolean stream(Paid paid, Delivery delivery) throws IOException {
            LiveExchange live = new LiveExchange(exchange, request.kept(), delivery);
            live.setAttribute(Paid.ATTRIBUTE, paid);
            try {
                chain.doFilter(live);
                live.end();
            } catch (IOException | RuntimeException failure) {
                if (!live.begun()) {
                    exchange.getResponseHeaders().clear();
                    throw failure;
                }
                LOG.warn("an answer that had begun was broken off: {}", Fault.of(failure));
                delivery.failed();
            }
            streamed = true;
            return true;
        }
    }

    @Override
    public String description() {
        return "asks for payment by x402";
    }
}
