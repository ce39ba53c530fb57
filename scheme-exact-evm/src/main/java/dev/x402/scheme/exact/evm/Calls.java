package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import java.math.BigInteger;
import java.util.List;

/** The JSON-RPC calls that the scheme makes. */
final class Calls {
    static final String LATEST = "latest";

    private Calls() {}

    static EvmRpc.Call ethCall(Address from, Address to, byte[] data, long gas, String block) {
        return new EvmRpc.Call("eth_call", List.of(request(from, to, data, gas), Json.of(block)));
    }

    /** On the newest block: a node's default would count our own earlier attempt in its pool. */
    static EvmRpc.Call estimateGas(Address from, Address to, byte[] data) {
        return new EvmRpc.Call("eth_estimateGas", List.of(request(from, to, data, 0), Json.of(LATEST)));
    }

    static EvmRpc.Call block(String number) {
        return new EvmRpc.Call("eth_getBlockByNumber", List.of(Json.of(number), Json.of(false)));
    }

    static EvmRpc.Call nonce(Address account, String block) {
        return new EvmRpc.Call("eth_getTransactionCount", List.of(Json.of(account.lower()), Json.of(block)));
    }

    static EvmRpc.Call balance(Address account) {
        return new EvmRpc.Call("eth_getBalance", List.of(Json.of(account.lower()), Json.of(LATEST)));
    }

    static EvmRpc.Call tip() {
        return new EvmRpc.Call("eth_maxPriorityFeePerGas", List.of());
    }

    static EvmRpc.Call receipt(String hash) {
        return new EvmRpc.Call("eth_getTransactionReceipt", List.of(Json.of(hash)));
    }

    static EvmRpc.Call transaction(String hash) {
        return new EvmRpc.Call("eth_getTransactionByHash", List.of(Json.of(hash)));
    }

    static EvmRpc.Call send(byte[] transaction) {
        return new EvmRpc.Call("eth_sendRawTransaction", List.of(Json.of(Hex.of(transaction))));
    }

    /** The events by which the authorization was used up, whoever sent it. */
    static EvmRpc.Call uses(Address token, Authorization authorization, BigInteger first, BigInteger last) {
        Json.Obj filter = Json.Obj.EMPTY
                .with("address", token.lower())
                .with("fromBlock", Hex.quantity(first))
                .with("toBlock", Hex.quantity(last))
                .with(
                        "topics",
                        Json.array(
                                Json.array(Json.of(Abi.AUTHORIZATION_USED), Json.of(Abi.AUTHORIZATION_CANCELED)),
                                Json.of(Hex.of(authorization.from().word())),
                                Json.of(authorization.nonce().toString())));
        return new EvmRpc.Call("eth_getLogs", List.of(filter));
    }

    private static Json.Obj request(Address from, Address to, byte[] data, long gas) {
        Json.Obj request =
                Json.Obj.EMPTY.with("from", from.lower()).with("to", to.lower()).with("data", Hex.of(data));
        return gas == 0 ? request : request.with("gas", Hex.quantity(gas));
    }
}
