package dev.x402.quickstart;

import dev.x402.core.payer.BoundPolicy;
import dev.x402.core.payer.BuyerPolicy;
import dev.x402.core.payer.OfferPolicy;
import dev.x402.core.payer.Payer;
import dev.x402.core.payer.SpendPolicies;
import dev.x402.http.client.Outcome;
import dev.x402.http.client.PayingClient;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/** One paid request, told as it happens. */
final class Purchase {
    private Purchase() {}

    static SettleResponse of(URI weather, Plugins wallet, BuyerPolicy policy, Story story, Clock clock)
            throws IOException, InterruptedException {
        Payer payer = Payer.builder(wallet)
                .offers(told(story, policy.with(wallet)))
                .spend(SpendPolicies.perPayment())
                .clock(clock)
                .build();
        PayingClient client = PayingClient.builder(payer, clock)
                .within(Duration.ofSeconds(15))
                .build();
        story.tell("the client asks: GET %s".formatted(weather));
        Outcome<String> outcome = client.send(HttpRequest.newBuilder(weather).build(), BodyHandlers.ofString());
        if (!(outcome instanceof Outcome.Paid<String> paid)) {
            throw new IllegalStateException("expected a paid answer, saw " + describe(outcome)
                    + "; run again with -X for the log, and check that Node 20 or newer is installed");
        }
        SettleResponse receipt =
                paid.receipt().orElseThrow(() -> new IllegalStateException("the answer has no receipt"));
        story.tell("the answer: %d %s"
                .formatted(paid.response().statusCode(), paid.response().body()));
        story.tell("the transaction: %s".formatted(receipt.transaction()));
        return receipt;
    }

    /** Tells what the policy says of each offer, before it chooses. */
    private static OfferPolicy told(Story story, BoundPolicy policy) {
        return (url, challenge, payable) -> {
            story.tell("the seller answers 402 with %d offers; the client's policy is"
                    .formatted(challenge.accepts().size()));
            policy.policy().lines().forEach(line -> story.detail("  " + line));
            story.tell("and explains:");
            policy.explain(url, challenge).verdicts().forEach(verdict -> story.detail("- " + verdict));
            return policy.choose(url, challenge, payable);
        };
    }

    private static String describe(Outcome<String> outcome) {
        if (outcome instanceof Outcome.Refused<String> refused) {
            return refused.why() + ": " + refused.message();
        }
        if (outcome instanceof Outcome.Unknown<String> unknown) {
            return "an unknown outcome: " + unknown.message();
        }
        return outcome instanceof Outcome.Free<String> free
                ? "status " + free.response().statusCode()
                : "nothing";
    }
}
