package dev.x402.quickstart;

import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.core.seller.Price;
import dev.x402.core.seller.WayToPay;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Asset;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A buyer, a seller and a facilitator that know no way of paying but those on the class path.
 *
 * <p>{@code PaidByAnything exact acme:test 0.05 PAYEE} pays one request with the network's default asset.
 */
public final class PaidByAnything {
    private PaidByAnything() {}

    /** Exits with 0 when the request was paid, with 1 otherwise. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int code = 1;
        if (arguments.length == 4) {
            try {
                out.println("paid: " + pay(arguments, Clock.systemUTC()));
                code = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                out.println("not paid: interrupted");
            } catch (IOException | RuntimeException e) {
                out.println("not paid: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        } else {
            out.println("expected: scheme network price payee, such as: exact eip155:84532 0.01 0x…");
        }
        System.exit(code);
    }

    private static String pay(String[] arguments, Clock clock) throws IOException, InterruptedException {
        Kind kind = new Kind(arguments[0], Network.parse(arguments[1]));
        WayToPay way = WayToPay.by(kind)
                .price(Price.units(arguments[2]))
                .payTo(arguments[3])
                .maxTimeoutSeconds(60)
                .build();
        try (LocalFacilitator facilitator = new LocalFacilitator(plugins(clock), clock);
                WeatherSeller seller = new WeatherSeller(List.of(way), facilitator.uri(), clock);
                Plugins wallet = plugins(clock)) {
            Asset asset = wallet.assets(kind.network()).stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no plugin on the class path has an asset on " + kind.network()));
            Payer payer = Payer.builder(wallet)
                    .offers(BuyerPolicy.parse("at most " + arguments[2] + " " + asset.id() + " per payment"))
                    .spend(SpendPolicies.perPayment())
                    .clock(clock)
                    .build();
            PayingClient client = PayingClient.builder(payer, clock)
                    .within(Duration.ofSeconds(15))
                    .build();
            return receipt(
                    client.send(HttpRequest.newBuilder(seller.weather()).build(), BodyHandlers.ofString()),
                    kind,
                    arguments[2],
                    asset);
        }
    }

    private static String receipt(Outcome<String> outcome, Kind kind, String price, Asset asset) {
        if (!(outcome instanceof Outcome.Paid<String> paid)) {
            throw new IllegalStateException("expected a paid answer, saw " + outcome);
        }
        SettleResponse receipt =
                paid.receipt().orElseThrow(() -> new IllegalStateException("the answer has no receipt"));
        return "%s %s offered by %s, transaction %s, answer %d %s"
                .formatted(
                        price,
                        asset.symbol(),
                        kind,
                        receipt.transaction(),
                        paid.response().statusCode(),
                        paid.response().body());
    }

    private static Plugins plugins(Clock clock) {
        return Plugins.builder().discover().clock(clock).build();
    }
}
