package dev.x402.testbed.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.testbed.RpcException;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.web3j.utils.Numeric;

@ExtendWith(EvmNodeExtension.class)
class TestDollarTest {

    private static final String TRANSFER = "transferWithAuthorization";
    private static final String RECEIVE = "receiveWithAuthorization";
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);
    private static final Instant FAR = Instant.EPOCH.plusSeconds(1L << 40);

    private final EvmChain chain;
    private final TestDollar dollar;
    private final Signed.Authorization transfer = Signed.authorization("TransferWithAuthorization");
    private final Signed.Authorization receive = Signed.authorization("ReceiveWithAuthorization");

    TestDollarTest(EvmNode node) {
        chain = node.chain();
        dollar = node.dollar();
    }

    @Test
    void moves_money_by_a_signed_authorization() {
        pay(transfer.by(DevAccounts.payer()).split(TRANSFER));
        assertEquals(PRICE, dollar.balance(DevAccounts.PAYEE.address()));
        assertEquals(
                DevAccounts.FUNDS.subtract(PRICE),
                dollar.balance(DevAccounts.payer().address()));
    }

    @Test
    void moves_money_by_the_overload_with_signature_bytes() {
        pay(transfer.by(DevAccounts.payer()).joined(TRANSFER));
        assertEquals(PRICE, dollar.balance(DevAccounts.PAYEE.address()));
    }

    @Test
    void writes_the_event_of_the_authorization_before_that_of_the_transfer() {
        EvmReceipt receipt = pay(transfer.by(DevAccounts.payer()).split(TRANSFER));
        assertEquals(
                "0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5",
                receipt.logs().get(0).topics().get(0));
        assertEquals(
                "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
                receipt.logs().get(1).topics().get(0));
        assertEquals(2, receipt.logs().size());
    }

    @Test
    void tells_that_an_authorization_is_used() {
        assertFalse(dollar.authorizationUsed(transfer.from(), transfer.nonce()));
        pay(transfer.by(DevAccounts.payer()).split(TRANSFER));
        assertTrue(dollar.authorizationUsed(transfer.from(), transfer.nonce()));
    }

    @Test
    void refuses_a_replay() {
        String data = transfer.by(DevAccounts.payer()).split(TRANSFER);
        pay(data);
        refused("FiatTokenV2: authorization is used or canceled", data);
    }

    @Test
    void refuses_an_expired_authorization() {
        Signed.Authorization expired = transfer.between(Instant.EPOCH, chain.time());
        refused(
                "FiatTokenV2: authorization is expired",
                expired.by(DevAccounts.payer()).split(TRANSFER));
    }

    @Test
    void refuses_an_authorization_before_its_time() {
        Signed.Authorization early = transfer.between(chain.time().plusSeconds(3600), FAR);
        refused(
                "FiatTokenV2: authorization is not yet valid",
                early.by(DevAccounts.payer()).split(TRANSFER));
    }

    @Test
    void refuses_a_signature_with_the_high_root() {
        refused(
                "ECRecover: invalid signature 's' value",
                transfer.by(DevAccounts.payer()).withHighS().split(TRANSFER));
    }

    @Test
    void refuses_a_recovery_number_other_than_27_or_28() {
        refused(
                "ECRecover: invalid signature 'v' value",
                transfer.by(DevAccounts.payer()).withV(0).joined(TRANSFER));
    }

    @Test
    void refuses_a_signature_of_another_length() {
        refused(
                "ECRecover: invalid signature length",
                transfer.by(DevAccounts.payer()).joined(TRANSFER, new byte[64]));
    }

    @Test
    void refuses_a_signature_of_somebody_else() {
        refused(
                "FiatTokenV2: invalid signature",
                transfer.by(DevAccounts.STRANGER).split(TRANSFER));
    }

    @Test
    void refuses_more_than_the_payer_owns() {
        Signed.Authorization tooMuch = transfer.worth(DevAccounts.FUNDS.add(BigInteger.ONE));
        refused(
                "ERC20: transfer amount exceeds balance",
                tooMuch.by(DevAccounts.payer()).split(TRANSFER));
    }

    @Test
    void refuses_a_frozen_payer() {
        chain.awaitReceipt(dollar.freeze(DevAccounts.payer().address()));
        refused(
                "Blacklistable: account is blacklisted",
                transfer.by(DevAccounts.payer()).split(TRANSFER));
    }

    @Test
    void refuses_every_payment_while_paused() {
        chain.awaitReceipt(dollar.pause());
        refused("Pausable: paused", transfer.by(DevAccounts.payer()).split(TRANSFER));
        chain.awaitReceipt(dollar.unpause());
        pay(transfer.by(DevAccounts.payer()).split(TRANSFER));
    }

    @Test
    void pays_out_of_a_contract_wallet_what_its_owner_signed() {
        pay(transfer.from(DevAccounts.WALLET).by(DevAccounts.payer()).joined(TRANSFER));
        assertEquals(DevAccounts.FUNDS.subtract(PRICE), dollar.balance(DevAccounts.WALLET));
    }

    @Test
    void refuses_a_contract_wallet_without_its_owners_signature() {
        refused(
                "FiatTokenV2: invalid signature",
                transfer.from(DevAccounts.WALLET).by(DevAccounts.STRANGER).joined(TRANSFER));
    }

    @Test
    void lets_the_payee_receive_by_both_overloads() {
        send(DevAccounts.PAYEE, receive.by(DevAccounts.payer()).split(RECEIVE));
        Signed.Authorization second = new Signed.Authorization(
                receive.kind(),
                receive.from(),
                receive.to(),
                PRICE,
                receive.after(),
                receive.before(),
                Signed.nonce("the second nonce"));
        send(DevAccounts.PAYEE, second.by(DevAccounts.payer()).joined(RECEIVE));
        assertEquals(PRICE.add(PRICE), dollar.balance(DevAccounts.PAYEE.address()));
    }

    @Test
    void refuses_that_another_than_the_payee_receives() {
        refused(
                "FiatTokenV2: caller must be the payee",
                receive.by(DevAccounts.payer()).split(RECEIVE));
    }

    @Test
    void cancels_an_authorization_by_both_overloads() {
        pay(Signed.cancellation(DevAccounts.payer(), transfer.nonce()).split("cancelAuthorization"));
        refused(
                "FiatTokenV2: authorization is used or canceled",
                Signed.cancellation(DevAccounts.payer(), transfer.nonce()).joined("cancelAuthorization"));
        pay(Signed.cancellation(DevAccounts.payer(), Signed.nonce("another")).joined("cancelAuthorization"));
        refused(
                "FiatTokenV2: authorization is used or canceled",
                transfer.by(DevAccounts.payer()).split(TRANSFER));
    }

    @Test
    void allows_a_spender_by_a_permit_in_both_overloads() {
        String owner = DevAccounts.payer().address();
        String spender = DevAccounts.STRANGER.address();
        pay(Signed.permit(DevAccounts.payer(), owner, spender, PRICE, 0, FAR.getEpochSecond())
                .split("permit"));
        pay(Signed.permit(DevAccounts.payer(), owner, spender, BigInteger.ONE, 1, FAR.getEpochSecond())
                .joined("permit"));
        String allowance =
                chain.read(TestDollar.ADDRESS, Abi.call("dd62ed3e", Abi.address(owner), Abi.address(spender)));
        assertEquals(BigInteger.ONE, Numeric.toBigInt(allowance));
    }

    @Test
    void refuses_an_expired_permit() {
        String owner = DevAccounts.payer().address();
        refused(
                "FiatTokenV2: permit is expired",
                Signed.permit(DevAccounts.payer(), owner, DevAccounts.STRANGER.address(), PRICE, 0, 1)
                        .split("permit"));
    }

    @Test
    void refuses_a_permit_of_somebody_else() {
        String owner = DevAccounts.payer().address();
        refused(
                "EIP2612: invalid signature",
                Signed.permit(
                                DevAccounts.STRANGER,
                                owner,
                                DevAccounts.STRANGER.address(),
                                PRICE,
                                0,
                                FAR.getEpochSecond())
                        .split("permit"));
    }

    @Test
    void mints_for_anybody() {
        chain.awaitReceipt(dollar.mint(DevAccounts.STRANGER.address(), PRICE));
        assertEquals(PRICE, dollar.balance(DevAccounts.STRANGER.address()));
    }

    private EvmReceipt pay(String data) {
        return send(DevAccounts.facilitator(), data);
    }

    private EvmReceipt send(DevAccount sender, String data) {
        EvmReceipt receipt = chain.awaitReceipt(chain.sendUnsigned(sender.address(), TestDollar.ADDRESS, data));
        assertTrue(receipt.succeeded());
        return receipt;
    }

    private void refused(String reason, String data) {
        RpcException refusal = assertThrows(RpcException.class, () -> chain.read(TestDollar.ADDRESS, data));
        assertEquals("execution reverted: " + reason, refusal.reason());
    }
}
