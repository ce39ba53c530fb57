package dev.x402.scheme.exact.evm;

import java.util.Arrays;

/** The payer's word by which an authorization is used up for nothing (EIP-3009). */
record Cancellation(Authorization of, Signature signature) {
    private static final byte[] TYPE = Keccak.hash("CancelAuthorization(address authorizer,bytes32 nonce)");
    private static final byte[] CANCEL = Keccak.hash("cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)");
    private static final int SELECTOR = 4;

    static Cancellation of(SignedTransfer transfer, EvmSigner payer) {
        Authorization authorization = transfer.authorization();
        byte[] struct = new byte[3 * Hex.WORD];
        System.arraycopy(TYPE, 0, struct, 0, Hex.WORD);
        authorization.from().putWord(struct, Hex.WORD);
        authorization.nonce().put(struct, 2 * Hex.WORD);
        byte[] separator = new byte[Hex.WORD];
        transfer.token().separator().put(separator, 0);
        byte[] digest = Keccak.hash(new byte[] {0x19, 0x01}, separator, Keccak.hash(struct));
        return new Cancellation(authorization, Digests.sign(payer, digest, new BouncyCastleRecovery()));
    }

    byte[] callData() {
        byte[] call = Arrays.copyOf(Arrays.copyOf(CANCEL, SELECTOR), SELECTOR + 5 * Hex.WORD);
        of.from().putWord(call, SELECTOR);
        of.nonce().put(call, SELECTOR + Hex.WORD);
        call[SELECTOR + 3 * Hex.WORD - 1] = (byte) (27 + signature.parity());
        Hex.putWord(call, SELECTOR + 3 * Hex.WORD, signature.r());
        Hex.putWord(call, SELECTOR + 4 * Hex.WORD, signature.s());
        return call;
    }
}
