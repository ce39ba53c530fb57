package dev.x402.scheme.exact.evm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Attempt;
import dev.x402.spi.Lane;
import dev.x402.spi.Movement;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Slot;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmChain;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A payer, a payee and a facilitator on one node. */
final class World implements AutoCloseable {
    static final Network NETWORK = Network.parse("eip155:84532");
    static final Kind KIND = new Kind("exact", NETWORK);
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final EvmNode node;
    final EvmChain chain;
    final TestDollar dollar;
    final ShiftedClock clock = new ShiftedClock();
    final Plugins plugins;
    final SchemeFacilitator facilitator;

    World(EvmNode node, UnaryOperator<EvmSettlementPolicy> policy) {
        this(node, policy, rpc -> rpc);
    }

    World(EvmNode node, UnaryOperator<EvmSettlementPolicy> policy, UnaryOperator<EvmRpc> way) {
        this.node = node;
        this.chain = node.chain();
        this.dollar = node.dollar();
        plugins = Plugins.builder()
                .discover()
                .port(EvmSigner.class, key(DevAccounts.payer()))
                .port(
                        EvmRpc.class,
                        way.apply(HttpEvmRpc.builder(clock)
                                .node(NETWORK, node.uri())
                                .build()))
                .port(
                        EvmFacilitatorConfig.class,
                        EvmFacilitatorConfig.of(
                                policy.apply(EvmSettlementPolicy.of(NETWORK, key(DevAccounts.facilitator()))
                                        .withConfirmations(1))))
                .clock(clock)
                .random(new SecureRandom())
                .build();
        facilitator = plugins.facilitator(KIND);
    }

    World(EvmNode node) {
        this(node, policy -> policy);
    }

    static LocalEvmSigner key(DevAccount account) {
        return LocalEvmSigner.parse(account.privateKey());
    }

    /** An offer of so many atomic dollars, as the seller completes it. */
    PaymentRequirements offer(long amount) {
        return offer(amount, 300);
    }

    PaymentRequirements offer(long amount, int seconds) {
        PaymentRequirements draft = PaymentRequirements.of(
                KIND,
                AtomicAmount.of(amount),
                TestDollar.ADDRESS,
                DevAccounts.PAYEE.address(),
                seconds,
                Json.Obj.EMPTY);
        return plugins.server(KIND).complete(draft, SupportedKind.of(KIND), by());
    }

    Payment pay(PaymentRequirements offer) {
        return Payment.of(
                PaymentPayload.of(
                        null,
                        offer,
                        plugins.client(KIND)
                                .pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), by()))
                                .payload()),
                offer);
    }

    Payment pay(long amount) {
        return pay(offer(amount));
    }

    Verification verify(Payment payment) {
        return facilitator.verify(payment, by());
    }

    Instant by() {
        return clock.instant().plus(PATIENCE);
    }

    BigInteger paid() {
        return dollar.balance(DevAccounts.PAYEE.address());
    }

    /** The authorization in a payment, and its signature. */
    static SignedTransfer transfer(Payment payment) {
        ExactPayload payload = ExactPayload.parse(payment.payload().payload());
        return signed(payload.authorization());
    }

    /** The authorization with the first payer's signature. */
    static SignedTransfer signed(Authorization authorization) {
        Token token = token();
        return new SignedTransfer(
                token,
                authorization,
                Digests.sign(key(DevAccounts.payer()), token.digest(authorization), new BouncyCastleRecovery()));
    }

    static Token token() {
        return Token.of(
                BigInteger.valueOf(EvmNode.CHAIN_ID), address(TestDollar.ADDRESS), TestDollar.NAME, TestDollar.VERSION);
    }

    static Address address(String text) {
        return Address.find(text).orElseThrow();
    }

    /** Sends the authorization from a stranger's account; the transaction's hash. */
    String frontRun(SignedTransfer transfer) {
        return chain.sendUnsigned(DevAccounts.STRANGER.address(), TestDollar.ADDRESS, Hex.of(transfer.callData()));
    }

    /** Moves all dollars of the payer away. */
    String emptyPurse() {
        return chain.sendUnsigned(
                DevAccounts.payer().address(),
                TestDollar.ADDRESS,
                "0xa9059cbb"
                        + Hex.of(address(DevAccounts.STRANGER.address()).word()).substring(2)
                        + Hex.of(Hex.word(dollar.balance(DevAccounts.payer().address())))
                                .substring(2));
    }

    Trip trip(Payment payment) {
        return new Trip(List.of(payment));
    }

    Trip gap() {
        return new Trip(List.of());
    }

    @Override
    public void close() {
        plugins.close();
    }

    /** What an engine does for one movement, one step at a time. */
    final class Trip {
        Movement movement;

        Trip(List<Payment> payments) {
            movement = new Movement(1, payments, List.of(new Attempt(0, Optional.of(nextSlot(0)), Optional.empty())));
        }

        Slot nextSlot(long further) {
            Lane lane = new Lane(NETWORK, facilitator.signers(NETWORK).get(0));
            return new Slot(lane, facilitator.confirmedNext(lane, by()) + further);
        }

        Signed sign() {
            Signed signed = (Signed) facilitator.prepare(movement, by());
            List<Attempt> attempts = new ArrayList<>(movement.attempts());
            attempts.set(attempts.size() - 1, movement.last().with(signed));
            movement = new Movement(movement.id(), movement.payments(), attempts);
            return signed;
        }

        /** An unsigned attempt more, in the same slot. */
        Trip again() {
            return attempt(movement.last().slot().orElseThrow());
        }

        Trip attempt(Slot slot) {
            List<Attempt> attempts = new ArrayList<>(movement.attempts());
            attempts.add(new Attempt(attempts.size(), Optional.of(slot), Optional.empty()));
            movement = new Movement(movement.id(), movement.payments(), attempts);
            return this;
        }

        /** Signs and sends the last attempt; its hash. */
        String send() {
            String hash = sign().reference();
            submit();
            return hash;
        }

        void submit() {
            facilitator.submit(movement, movement.last(), by());
        }

        Sighting observe() {
            return facilitator.observe(movement, by());
        }
    }
}
