package dev.x402.scheme.exact.evm;

import java.util.Arrays;

/** The calls and events of a token that the scheme uses, encoded by hand. */
final class Abi {
    static final String TRANSFER = Hex.of(Keccak.hash("Transfer(address,address,uint256)"));
    static final String AUTHORIZATION_USED = Hex.of(Keccak.hash("AuthorizationUsed(address,bytes32)"));
    static final String AUTHORIZATION_CANCELED = Hex.of(Keccak.hash("AuthorizationCanceled(address,bytes32)"));

    private static final byte[] TRANSFER_WITH_AUTHORIZATION = selector(
            "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)");
    private static final byte[] AUTHORIZATION_STATE = selector("authorizationState(address,bytes32)");
    private static final byte[] BALANCE_OF = selector("balanceOf(address)");
    private static final int SELECTOR = 4;

    private Abi() {}

    static byte[] transferWithAuthorization(Authorization authorization, Signature signature) {
        byte[] call = call(TRANSFER_WITH_AUTHORIZATION, 9);
        authorization.putWords(call, SELECTOR);
        call[SELECTOR + 7 * Hex.WORD - 1] = (byte) (27 + signature.parity());
        Hex.putWord(call, SELECTOR + 7 * Hex.WORD, signature.r());
        Hex.putWord(call, SELECTOR + 8 * Hex.WORD, signature.s());
        return call;
    }

    static byte[] authorizationState(Authorization authorization) {
        byte[] call = call(AUTHORIZATION_STATE, 2);
        authorization.from().putWord(call, SELECTOR);
        authorization.nonce().put(call, SELECTOR + Hex.WORD);
        return call;
    }

    static byte[] balanceOf(Address account) {
        byte[] call = call(BALANCE_OF, 1);
        account.putWord(call, SELECTOR);
        return call;
    }

    private static byte[] call(byte[] selector, int words) {
        return Arrays.copyOf(selector, SELECTOR + words * Hex.WORD);
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Keccak.hash(signature), SELECTOR);
    }
}
