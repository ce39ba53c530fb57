package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNodeExtension;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only the chain can say against a payment. */
class VerificationOnChainTest {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    World world = new World(NODE.node());

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_good_payment_is_valid_for_its_payer() {
        assertEquals(
                new Verification.Valid(DevAccounts.payer().address(), Json.Obj.EMPTY), world.verify(world.pay(10_000)));
    }

    @Test
    void the_registered_domain_is_the_one_of_the_token() {
        assertEquals(World.token().separator().toString(), world.chain.read(TestDollar.ADDRESS, "0x3644e515"));
    }

    @Test
    void a_payer_without_funds_is_refused() {
        BigInteger all = DevAccounts.FUNDS;
        Payment payment = world.pay(all.longValueExact() + 1);
        assertEquals(
                new Verification.Invalid(
                        ErrorCode.INSUFFICIENT_FUNDS,
                        "payer's balance: expected at least 1000000000001, saw 1000000000000",
                        true),
                world.verify(payment));
    }

    @Test
    void a_used_authorization_is_refused() {
        Payment payment = world.pay(10);
        world.chain.awaitReceipt(world.frontRun(World.transfer(payment)));
        assertEquals(
                new Verification.Invalid(
                        Codes.NONCE_USED, "payload.authorization.nonce: used or cancelled before", true),
                world.verify(payment));
    }

    @Test
    void a_frozen_payee_is_refused_with_the_words_of_the_token() {
        Payment payment = world.pay(10);
        world.chain.awaitReceipt(world.dollar.freeze(DevAccounts.PAYEE.address()));
        assertEquals(
                new Verification.Invalid(
                        Codes.SIMULATION,
                        "the token refused the transfer: execution reverted: Blacklistable: account is blacklisted",
                        true),
                world.verify(payment));
    }

    @Test
    void a_paused_token_is_refused() {
        Payment payment = world.pay(10);
        world.chain.awaitReceipt(world.dollar.pause());
        assertEquals(
                Codes.SIMULATION,
                assertInstanceOf(Verification.Invalid.class, world.verify(payment))
                        .code());
    }

    @Test
    void an_asset_without_code_is_refused() {
        Payment payment = world.pay(10);
        world.chain.setCode(TestDollar.ADDRESS, "0x");
        assertEquals(
                new Verification.Invalid(
                        Codes.NO_CONTRACT, "asset: expected a token, saw no balance of the payer", true),
                world.verify(payment));
    }

    @Test
    void a_token_that_does_not_know_eip3009_is_refused() {
        Payment payment = world.pay(10);
        // answers balanceOf with 2^256-1 and reverts on all else
        world.chain.setCode(TestDollar.ADDRESS, "0x60003560e01c6370a0823114601357600080fd5b60001960005260206000f3");
        assertEquals(
                new Verification.Invalid(
                        Codes.NOT_EIP3009, "asset: expected a token that knows EIP-3009, saw one that does not", true),
                world.verify(payment));
    }

    @Test
    void a_token_that_succeeds_on_a_used_nonce_is_refused() {
        Payment payment = world.pay(10);
        // returns 1 to every call: balance 1 unit, nonce used, transfer "succeeds"
        world.chain.setCode(TestDollar.ADDRESS, "0x600160005260206000f3");
        assertEquals(
                Codes.NONCE_USED,
                assertInstanceOf(Verification.Invalid.class, world.verify(payment))
                        .code());
    }

    @Test
    void a_token_that_burns_all_gas_is_refused_at_the_limit() {
        Payment payment = world.pay(10);
        world.chain.setCode(TestDollar.ADDRESS, "0x5b600056");
        assertEquals(
                Codes.NO_CONTRACT,
                assertInstanceOf(Verification.Invalid.class, world.verify(payment))
                        .code());
    }

    @Test
    void an_authorization_that_the_chain_calls_expired_is_refused() {
        Payment payment = world.pay(world.offer(10, 60));
        world.chain.advance(Duration.ofMinutes(2));
        assertEquals(
                Codes.VALID_BEFORE,
                assertInstanceOf(Verification.Invalid.class, world.verify(payment))
                        .code());
    }

    @Test
    void a_node_that_is_down_makes_the_answer_unavailable() {
        Payment payment = world.pay(10);
        NODE.node().kill();
        Verification verification = world.verify(payment);
        NODE.node().restart();
        assertEquals(
                new Verification.Unavailable(
                        "eip155:84532 at http://127.0.0.1:" + NODE.node().uri().getPort()
                                + ": not reached (ConnectException); ask again later",
                        Duration.ofSeconds(2)),
                verification);
    }

    @Test
    void a_node_that_hangs_makes_the_answer_unavailable_by_the_deadline() {
        Payment payment = world.pay(10);
        NODE.node().pause();
        Verification verification =
                world.facilitator.verify(payment, world.clock.instant().plusMillis(200));
        for (int i = 0; i < 20 && verification instanceof Verification.Valid; i++) { // the stop takes a moment
            verification =
                    world.facilitator.verify(payment, world.clock.instant().plusMillis(200));
        }
        NODE.node().resume();
        assertInstanceOf(Verification.Unavailable.class, verification);
    }
}
