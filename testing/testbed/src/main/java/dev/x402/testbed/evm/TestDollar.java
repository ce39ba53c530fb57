package dev.x402.testbed.evm;

import java.math.BigInteger;

/**
 * The token of the local chains: six decimals, and it answers and refuses like Circle's USDC.
 *
 * <p>EIP-3009 and EIP-2612 in both overloads, EIP-1271 signers; the EIP-712 domain is "USDC", version "2". Amounts are
 * atomic. What changes something is an ordinary transaction: it needs a block.
 */
public final class TestDollar {

    /** The address of USDC on Base Sepolia. */
    public static final String ADDRESS = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";

    /** The name in the EIP-712 domain. */
    public static final String NAME = "USDC";

    /** The version in the EIP-712 domain. */
    public static final String VERSION = "2";

    /** How many decimals an amount has. */
    public static final int DECIMALS = 6;

    private static final String AUTHORIZATION_STATE = "e94a0102";
    private static final String MINT = "40c10f19";
    private static final String BLACKLIST = "f9f92be4";
    private static final String PAUSE = "8456cb59";
    private static final String UNPAUSE = "3f4ba83a";

    private final EvmChain chain;
    private final String address;

    TestDollar(EvmChain chain, String address) {
        this.chain = chain;
        this.address = address;
    }

    /** Returns what an account owns. */
    public BigInteger balance(String account) {
        return chain.tokenBalance(address, account);
    }

    /**
     * Tells whether an EIP-3009 nonce is used or cancelled.
     *
     * @param nonce 32 bytes in hex with {@code 0x}
     */
    public boolean authorizationUsed(String authorizer, String nonce) {
        String answer = chain.read(address, Abi.call(AUTHORIZATION_STATE, Abi.address(authorizer), Abi.bytes32(nonce)));
        return Abi.number(answer).signum() != 0;
    }

    /** Creates money in an account and returns the transaction's hash. */
    public String mint(String account, BigInteger amount) {
        return issue(Abi.call(MINT, Abi.address(account), Abi.word(amount)));
    }

    /** Forbids an account to pay and to be paid; returns the transaction's hash. */
    public String freeze(String account) {
        return issue(Abi.call(BLACKLIST, Abi.address(account)));
    }

    /** Forbids every payment; returns the transaction's hash. */
    public String pause() {
        return issue(Abi.call(PAUSE));
    }

    /** Allows payments again; returns the transaction's hash. */
    public String unpause() {
        return issue(Abi.call(UNPAUSE));
    }

    private String issue(String data) {
        return chain.sendUnsigned(DevAccounts.ISSUER.address(), address, data);
    }
}
