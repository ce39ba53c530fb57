package com.acme.x402;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A ledger behind HTTP with one payer, one payee and one facilitator, and a clock that the test moves. */
final class World implements AutoCloseable {
    static final Network NETWORK = Network.parse("acme:test");
    static final AssetId DOLLAR = new AssetId(NETWORK, "dollar");
    static final long FUNDS = 1_000_000;

    final Time time = new Time();
    final LocalAcmeWallet payer = LocalAcmeWallet.generate(new SecureRandom());
    final LocalAcmeWallet payee = LocalAcmeWallet.generate(new SecureRandom());
    final LocalAcmeWallet sender = LocalAcmeWallet.generate(new SecureRandom());
    final Ledger ledger = new Ledger(NETWORK, time);
    final LedgerServer server;
    final Plugins plugins;
    private final Kind kind;

    World(String scheme) throws IOException {
        kind = new Kind(scheme, NETWORK);
        server = new LedgerServer(ledger);
        ledger.mint(payer.account(), DOLLAR.reference(), FUNDS);
        plugins = Plugins.builder()
                .discover()
                .port(AcmeWallet.class, payer)
                .port(
                        AcmeFacilitatorConfig.class,
                        new AcmeFacilitatorConfig(sender, List.of(new HttpAcmeNode(NETWORK, server.uri(), time))))
                .clock(time)
                .build();
    }

    SchemeClient client() {
        return plugins.client(kind);
    }

    SchemeServer seller() {
        return plugins.server(kind);
    }

    SchemeFacilitator facilitator() {
        return plugins.facilitator(kind);
    }

    PaymentRequirements offer(long amount) {
        PaymentRequirements draft = PaymentRequirements.of(
                kind, AtomicAmount.of(amount), DOLLAR.reference(), payee.account(), 60, Json.Obj.EMPTY);
        return seller().complete(draft, facilitator().kind(NETWORK), by());
    }

    Payment pay(PaymentRequirements offer) {
        Json.Obj payload = client()
                .pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), by()))
                .payload();
        return Payment.of(PaymentPayload.of(null, offer, payload), offer);
    }

    /** The payment with its bytes signed, and not sent. */
    Movement prepared(Payment payment) {
        Attempt attempt = new Attempt(0, Optional.empty(), Optional.empty());
        Movement movement = new Movement(1, List.of(payment), List.of(attempt));
        Signed signed = (Signed) facilitator().prepare(movement, by());
        return new Movement(1, List.of(payment), List.of(attempt.with(signed)));
    }

    void submit(Movement movement) {
        facilitator().submit(movement, movement.last(), by());
    }

    Sighting observe(Movement movement) {
        return facilitator().observe(movement, by());
    }

    long balance(LocalAcmeWallet of) {
        return ledger.balance(of.account(), DOLLAR.reference()).value().longValueExact();
    }

    Instant by() {
        return time.instant().plusSeconds(5);
    }

    @Override
    public void close() {
        plugins.close();
        server.close();
    }

    /** A clock that stands until it is moved. */
    static final class Time extends Clock {
        private volatile Instant now = Instant.parse("2026-06-01T12:00:00Z");

        void pass(Duration duration) {
            now = now.plus(duration);
        }

        /** Time for so many blocks. */
        void passBlocks(int blocks) {
            pass(Ledger.INTERVAL.multipliedBy(blocks));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
