package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which events pay, and which only look like it. */
class EffectTest {
    private static final String OTHER = "0x1111111111111111111111111111111111111111";

    final Offline sides = new Offline();
    final Payment payment = sides.pay(sides.offer(10));
    final SignedTransfer transfer = World.transfer(payment);
    final Authorization authorization = transfer.authorization();

    @Test
    void the_exact_transfer_after_the_use_pays() {
        assertEquals(effect(true), seen(false, used(), moved(10)));
        assertEquals(effect(true), seen(true, used(), moved(10)));
    }

    @Test
    void a_transfer_of_another_amount_does_not_pay() {
        assertEquals(effect(false), seen(true, used(), moved(9)));
    }

    @Test
    void a_transfer_of_another_token_does_not_pay() {
        assertEquals(effect(false), seen(true, used(), moved(10).with("address", OTHER)));
    }

    @Test
    void a_transfer_to_somebody_else_does_not_pay() {
        assertEquals(effect(false), seen(true, used(), moved(authorization.from(), 10)));
    }

    @Test
    void a_transfer_without_the_use_is_no_effect() {
        assertEquals(Optional.empty(), seen(true, moved(10)));
    }

    @Test
    void a_use_in_another_contract_is_no_effect() {
        assertEquals(Optional.empty(), seen(true, used().with("address", OTHER), moved(10)));
    }

    @Test
    void a_reverted_transaction_has_no_effect() {
        assertEquals(Optional.empty(), Effect.of(receipt(used(), moved(10)).with("status", "0x0"), transfer, true));
    }

    @Test
    void one_transfer_of_a_stranger_does_not_pay_two_authorizations() {
        // a plain transfer to the payee, then the nonce spent on the payer himself
        assertEquals(effect(false), seen(false, moved(10), used(), moved(authorization.from(), 10)));
        // the transfer belongs to the authorization before
        assertEquals(effect(false), seen(false, usedWith(7), moved(10), used(), moved(authorization.from(), 10)));
        // ours is spent elsewhere, the transfer after is the one of the next
        assertEquals(effect(false), seen(false, used(), moved(authorization.from(), 10), usedWith(7), moved(10)));
    }

    @Test
    void a_token_that_writes_the_transfer_first_pays_in_our_own_transaction() {
        assertEquals(effect(true), seen(true, moved(10), used()));
    }

    @Test
    void malformed_logs_are_passed_over() {
        assertEquals(
                effect(true),
                seen(
                        false,
                        Json.Obj.EMPTY,
                        used(),
                        Json.Obj.EMPTY.with("address", TestDollar.ADDRESS).with("topics", "none"),
                        moved(10)));
    }

    private Optional<Effect> seen(boolean ours, Json.Obj... logs) {
        return Effect.of(receipt(logs), transfer, ours);
    }

    private static Optional<Effect> effect(boolean paid) {
        return Optional.of(new Effect("0xabc", BigInteger.valueOf(16), paid));
    }

    private static Json.Obj receipt(Json.Obj... logs) {
        return Json.Obj.EMPTY
                .with("transactionHash", "0xabc")
                .with("blockNumber", "0x10")
                .with("status", "0x1")
                .with("logs", new Json.Arr(Arrays.asList((Json[]) logs)));
    }

    private Json.Obj used() {
        return log(
                "0x",
                Abi.AUTHORIZATION_USED,
                word(authorization.from()),
                authorization.nonce().toString());
    }

    private Json.Obj usedWith(int nonce) {
        return log(
                "0x", Abi.AUTHORIZATION_USED, word(authorization.from()), Hex.of(Hex.word(BigInteger.valueOf(nonce))));
    }

    private Json.Obj moved(long amount) {
        return moved(World.address(DevAccounts.PAYEE.address()), amount);
    }

    private Json.Obj moved(Address to, long amount) {
        return log(Hex.of(Hex.word(BigInteger.valueOf(amount))), Abi.TRANSFER, word(authorization.from()), word(to));
    }

    private static Json.Obj log(String data, String... topics) {
        return Json.Obj.EMPTY
                .with("address", TestDollar.ADDRESS)
                .with("data", data)
                .with(
                        "topics",
                        new Json.Arr(Arrays.stream(topics).<Json>map(Json::of).toList()));
    }

    private static String word(Address address) {
        return Hex.of(address.word());
    }
}
