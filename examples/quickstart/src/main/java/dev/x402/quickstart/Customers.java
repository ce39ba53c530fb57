package dev.x402.quickstart;

import dev.x402.siwx.Identity;
import dev.x402.spec.Network;
import dev.x402.spi.PaymentExtension.Visit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;

/** Whom the shop knows by a token of its own: bank accounts sign nothing. */
record Customers(String account) implements Identity {
    private static final String HEADER = "X-Customer";
    private static final String SESSION = "SIGN-IN-WITH-X-SESSION";
    private static final String TOKEN = "the-customers-token";

    @Override
    public Set<String> proofs() {
        return Set.of(HEADER);
    }

    @Override
    public Optional<Holder> of(Visit visit) {
        return TOKEN.equals(visit.proofs().get(HEADER))
                ? Optional.of(new Holder(Network.parse("ach:us"), account))
                : Optional.empty();
    }

    /** What the shop gives to its customer instead of asking for money. */
    static String session(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = get(address, HEADER, TOKEN);
        return response.headers()
                .firstValue(SESSION)
                .filter(token -> response.statusCode() == 200)
                .orElseThrow(() -> new IllegalStateException(
                        "expected the customer to enter with a session, saw " + response.statusCode()));
    }

    static int status(URI address, String session) throws IOException, InterruptedException {
        return get(address, SESSION, session).statusCode();
    }

    private static HttpResponse<String> get(URI address, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).header(header, value).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
