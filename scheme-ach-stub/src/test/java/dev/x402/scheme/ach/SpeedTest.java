package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.scheme.ach.AchGateway.State;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Signed;
import dev.x402.spi.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a day of 10,000 payments costs, in time of the processor, so that a busy machine is no slower. */
class SpeedTest {
    private static final int PAYMENTS = 10_000;

    @Test
    void the_bank_takes_and_settles_a_day_of_10000_entries_in_less_than_5_seconds() {
        try (World world = world()) {
            Duration before = cpu();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < PAYMENTS; i++) {
                Entry entry = new Entry(
                        world.bank.trace(Instant.MAX),
                        "payment-" + i,
                        World.MANDATE,
                        world.payer,
                        world.shop,
                        100,
                        SecCode.WEB,
                        Funding.DEBIT,
                        Speed.NEXT_DAY,
                        world.soon());
                world.bank.originate(entry, Instant.MAX);
                entries.add(entry);
            }
            world.clock.until("2026-11-24T08:30");
            for (Entry entry : entries) {
                assertEquals(
                        State.SETTLED,
                        world.bank.status(entry.trace(), Instant.MAX).state());
            }
            Duration taken = since(before);

            assertEquals(100 * PAYMENTS, world.bank.balance(world.shop));
            assertEquals(0, world.ledger.total());
            told("taken and settled by the bank", taken);
            assertTrue(taken.compareTo(Duration.ofSeconds(5)) < 0, () -> "took " + taken);
        }
    }

    @Test
    void the_scheme_originates_10000_payments_and_sees_them_settled() {
        try (World world = world()) {
            SchemeFacilitator scheme = world.facilitator();
            Payment signed = world.pay(100, Funding.DEBIT);
            List<Payment> payments = new ArrayList<>();
            for (int i = 0; i < PAYMENTS; i++) {
                payments.add(withNonce(signed, i)); // preparing looks at no signature: verifying did
            }
            Duration before = cpu();
            for (int i = 0; i < PAYMENTS / 10; i++) {
                assertTrue(scheme.verify(signed, Instant.MAX) instanceof Verification.Valid);
            }
            told("a tenth of them verified", since(before));

            before = cpu();
            List<Movement> movements = new ArrayList<>();
            for (Payment payment : payments) {
                Attempt first = new Attempt(0, Optional.empty(), Optional.empty());
                Movement open = new Movement(1, List.of(payment), List.of(first));
                Signed entry = (Signed) scheme.prepare(open, Instant.MAX);
                Movement movement = new Movement(1, List.of(payment), List.of(first.with(entry)));
                scheme.submit(movement, movement.last(), Instant.MAX);
                movements.add(movement);
            }
            world.clock.until("2026-11-24T08:30");
            for (Movement movement : movements) {
                assertTrue(scheme.observe(movement, Instant.MAX).outcomes().get(0) instanceof Outcome.Landed);
            }
            Duration taken = since(before);

            assertEquals(100 * PAYMENTS, world.bank.balance(world.shop));
            told("originated and seen settled by the scheme", taken);
            assertTrue(taken.compareTo(Duration.ofSeconds(60)) < 0, () -> "took " + taken);
        }
    }

    private static Payment withNonce(Payment payment, int nonce) {
        Json.Obj proof = payment.payload().payload();
        Json.Obj authorization = (Json.Obj) proof.find("authorization").orElseThrow();
        Json.Obj other = proof.with("authorization", authorization.with("nonce", String.format("%032d", nonce)));
        return Payment.of(PaymentPayload.of(null, payment.requirements(), other), payment.requirements());
    }

    private static World world() {
        World world = new World(
                "2026-11-23T10:00",
                builder -> builder,
                mandate -> new Mandate(
                        mandate.id(),
                        mandate.originator(),
                        mandate.merchant(),
                        mandate.account(),
                        mandate.key(),
                        mandate.sec(),
                        mandate.scope(),
                        Ach.MOST_CENTS,
                        mandate.period(),
                        mandate.from(),
                        mandate.until()),
                AccountKind.CONSUMER_CHECKING,
                Speed.NEXT_DAY);
        world.bank.deposit(world.payer, Ach.MOST_CENTS);
        return world;
    }

    private static void told(String what, Duration taken) {
        System.out.println("10000 payments, " + what + ": " + taken.toMillis() + " ms of CPU");
    }

    /** Of this process: time in which others had the machine does not count. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Duration since(Duration before) {
        return cpu().minus(before);
    }
}
