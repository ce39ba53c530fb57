package dev.x402.scheme.exact.evm;

import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;

/** Signatures of wallets that are not there yet (EIP-6492), encoded by web3j. */
final class Wrapped {
    static final String MAGIC = "6492".repeat(16);

    private Wrapped() {}

    static String of(String factory, byte[] factoryCall, byte[] signature) {
        return "0x"
                + FunctionEncoder.encodeConstructor(List.of(
                        new org.web3j.abi.datatypes.Address(factory),
                        new DynamicBytes(factoryCall),
                        new DynamicBytes(signature)))
                + MAGIC;
    }
}
