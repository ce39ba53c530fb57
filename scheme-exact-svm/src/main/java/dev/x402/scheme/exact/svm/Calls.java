package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The calls that are made, each as a node wants it. */
final class Calls {
    static final String CONFIRMED = "confirmed";
    static final String FINALIZED = "finalized";
    static final String PROCESSED = "processed";
    static final String SEND = "sendTransaction";

    private static final String COMMITMENT = "commitment";
    private static final String ENCODING = "encoding";
    private static final String BASE64 = "base64";
    private static final int RETRIES = 5; // a node sends it on some seconds long; then we send it again

    private Calls() {}

    static SvmRpc.Call genesisHash() {
        return new SvmRpc.Call("getGenesisHash", List.of());
    }

    static SvmRpc.Call latestBlockhash(String commitment) {
        return new SvmRpc.Call("getLatestBlockhash", List.of(Json.Obj.EMPTY.with(COMMITMENT, commitment)));
    }

    static SvmRpc.Call blockHeight(String commitment) {
        return new SvmRpc.Call("getBlockHeight", List.of(Json.Obj.EMPTY.with(COMMITMENT, commitment)));
    }

    /** Slot and block height in one answer. */
    static SvmRpc.Call epochInfo(String commitment) {
        return new SvmRpc.Call("getEpochInfo", List.of(Json.Obj.EMPTY.with(COMMITMENT, commitment)));
    }

    static SvmRpc.Call firstAvailableBlock() {
        return new SvmRpc.Call("getFirstAvailableBlock", List.of());
    }

    static SvmRpc.Call accounts(String commitment, List<SvmAddress> accounts) {
        return new SvmRpc.Call(
                "getMultipleAccounts",
                List.of(
                        new Json.Arr(accounts.stream()
                                .<Json>map(account -> Json.of(account.toString()))
                                .toList()),
                        Json.Obj.EMPTY.with(COMMITMENT, commitment).with(ENCODING, BASE64)));
    }

    /** Without the fee payer's signature, which nobody is given before it is written down. */
    static SvmRpc.Call simulate(String commitment, WireTransaction transaction) {
        return new SvmRpc.Call(
                "simulateTransaction",
                List.of(
                        encoded(transaction.toBytes()),
                        Json.Obj.EMPTY
                                .with(COMMITMENT, commitment)
                                .with(ENCODING, BASE64)
                                .with("sigVerify", Json.of(false))
                                .with("replaceRecentBlockhash", Json.of(false))));
    }

    static SvmRpc.Call send(byte[] transaction) {
        return new SvmRpc.Call(
                SEND,
                List.of(
                        encoded(transaction),
                        Json.Obj.EMPTY
                                .with(ENCODING, BASE64)
                                .with("skipPreflight", Json.of(true))
                                .with("maxRetries", Json.Num.of(RETRIES))));
    }

    static SvmRpc.Call statuses(String... references) {
        return new SvmRpc.Call(
                "getSignatureStatuses",
                List.of(
                        new Json.Arr(
                                Arrays.stream(references).<Json>map(Json::of).toList()),
                        Json.Obj.EMPTY.with("searchTransactionHistory", Json.of(true))));
    }

    private static Json encoded(byte[] transaction) {
        return Json.of(Base64.getEncoder().encodeToString(transaction));
    }
}
