package dev.x402.scheme.exact.evm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the transfer would succeed now, and if not, why; one batch. */
record Simulation(SignedTransfer transfer, Address sender, long gasCap) {
    /** The transfer is called. */
    List<EvmRpc.Call> calls() {
        return with(Calls.ethCall(sender, transfer.token().contract(), transfer.callData(), gasCap, Calls.LATEST));
    }

    /** The transfer is called under the limit of gas that it will have. */
    List<EvmRpc.Call> under(BigInteger gas) {
        return with(Calls.ethCall(
                sender, transfer.token().contract(), transfer.callData(), gas.longValueExact(), Calls.LATEST));
    }

    /** The transfer's gas is estimated, which calls it as well. */
    List<EvmRpc.Call> estimating() {
        return with(Calls.estimateGas(sender, transfer.token().contract(), transfer.callData()));
    }

    private List<EvmRpc.Call> with(EvmRpc.Call tried) {
        Address token = transfer.token().contract();
        Authorization authorization = transfer.authorization();
        return List.of(
                tried,
                Calls.ethCall(sender, token, Abi.authorizationState(authorization), gasCap, Calls.LATEST),
                Calls.ethCall(sender, token, Abi.balanceOf(authorization.from()), gasCap, Calls.LATEST));
    }

    /** The judgement by the answers that begin at this index. */
    Verification judge(Answers answers, int at) {
        Optional<String> reverted = answers.reverted(at);
        Optional<BigInteger> used = answers.word(at + 1);
        Optional<BigInteger> balance = answers.word(at + 2);
        Authorization authorization = transfer.authorization();
        if (balance.isEmpty()) {
            return invalid(Codes.NO_CONTRACT, "asset: expected a token, saw no balance of the payer");
        }
        if (used.isEmpty()) {
            return invalid(Codes.NOT_EIP3009, "asset: expected a token that knows EIP-3009, saw one that does not");
        }
        if (used.get().signum() != 0) {
            return invalid(Codes.NONCE_USED, "payload.authorization.nonce: used or cancelled before");
        }
        if (balance.get().compareTo(authorization.value()) < 0) {
            return invalid(
                    ErrorCode.INSUFFICIENT_FUNDS,
                    "payer's balance: expected at least " + authorization.value() + ", saw " + balance.get());
        }
        return reverted.map(reason -> invalid(code(reason), "the token refused the transfer: " + reason))
                .orElseGet(() -> new Verification.Valid(authorization.from().toString(), Json.Obj.EMPTY));
    }

    private static ErrorCode code(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("expired")) {
            return Codes.VALID_BEFORE;
        }
        if (text.contains("not yet valid")) {
            return Codes.VALID_AFTER;
        }
        return text.contains("invalid signature") ? Codes.SIGNATURE : Codes.SIMULATION;
    }

    private static Verification invalid(ErrorCode code, String message) {
        return new Verification.Invalid(code, message, true);
    }
}
