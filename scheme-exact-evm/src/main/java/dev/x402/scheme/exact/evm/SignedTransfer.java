package dev.x402.scheme.exact.evm;

/** An authorization whose signature held. */
record SignedTransfer(Token token, Authorization authorization, Signature signature) {
    /** The data of the transaction that moves the money. */
    byte[] callData() {
        return Abi.transferWithAuthorization(authorization, signature);
    }
}
