package dev.x402.benchmarks.load;

import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.TestDollar;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** What the node does when nobody stands before it. */
final class RawNode {
    private static final BigInteger GAS = BigInteger.valueOf(200_000);
    private static final BigInteger TIP = BigInteger.TEN.pow(9);
    private static final BigInteger FEE = BigInteger.TEN.pow(10).multiply(BigInteger.TEN);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(2);

    private RawNode() {}

    /** The transfer is simulated. */
    static void call(Wire wire, Purses.Payment payment) throws IOException {
        String answer = ask(
                wire,
                "eth_call",
                "{\"to\":\"" + TestDollar.ADDRESS + "\",\"data\":\"" + payment.callData() + "\"},\"latest\"");
        require(answer.contains("\"result\":\"0x"), answer);
    }

    /** The transaction is sent, and its receipt asked for until it is there. */
    static void settle(Wire wire, String transaction) throws IOException {
        String answer = ask(wire, "eth_sendRawTransaction", "\"" + transaction + "\"");
        int at = answer.indexOf("\"result\":\"0x");
        require(at >= 0, answer);
        String hash = answer.substring(at + 10, at + 76);
        String receipt = ask(wire, "eth_getTransactionReceipt", "\"" + hash + "\"");
        while (!receipt.contains("\"status\":\"0x1\"")) {
            require(receipt.contains("\"result\":null"), receipt);
            LockSupport.parkNanos(BETWEEN_LOOKS);
            receipt = ask(wire, "eth_getTransactionReceipt", "\"" + hash + "\"");
        }
    }

    /** The payments as transactions of one account, from this nonce on. */
    static List<String> transactions(List<Purses.Payment> payments, DevAccount sender, long chainId, long nonce) {
        Credentials credentials = Credentials.create(sender.privateKey());
        List<String> signed = new ArrayList<>();
        for (Purses.Payment payment : payments) {
            RawTransaction transaction = RawTransaction.createTransaction(
                    chainId,
                    BigInteger.valueOf(nonce + signed.size()),
                    GAS,
                    TestDollar.ADDRESS,
                    BigInteger.ZERO,
                    payment.callData(),
                    TIP,
                    FEE);
            signed.add(Numeric.toHexString(TransactionEncoder.signMessage(transaction, credentials)));
        }
        return signed;
    }

    private static String ask(Wire wire, String method, String parameters) throws IOException {
        return wire.post(
                        "/",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[" + parameters + "]}")
                .body();
    }

    private static void require(boolean held, String answer) throws IOException {
        if (!held) {
            throw new IOException("node: expected success, saw " + answer);
        }
    }
}
