package dev.x402.testbed.svm;

import java.math.BigInteger;

/**
 * One mint of the local Solana and what the accounts own of it.
 *
 * <p>Amounts are atomic. What changes something needs no transaction; every slot shows it.
 */
public final class SvmToken {

    private final SvmChain chain;
    private final SvmMint mint;

    SvmToken(SvmChain chain, SvmMint mint) {
        this.chain = chain;
        this.mint = mint;
    }

    /** Returns the mint. */
    public SvmMint mint() {
        return mint;
    }

    /** Returns the mint's address. */
    public String address() {
        return mint.address();
    }

    /** Returns what an owner has in the associated token account, as the newest slot shows it. */
    public BigInteger balance(String owner) {
        return chain.tokenBalance(mint.address(), owner);
    }

    /** Sets what an owner has in the associated token account, which is opened where it lacks. */
    public void setBalance(String owner, BigInteger amount) {
        chain.setTokenBalance(mint.address(), owner, amount);
    }

    /** Returns the address of an owner's associated token account, whether it is open or not. */
    public String account(String owner) {
        return chain.tokenAccount(mint.address(), owner);
    }

    /** Forbids an owner's associated token account to pay and to be paid. */
    public void freeze(String owner) {
        chain.call("testbed_setFrozen", mint.address(), owner, true);
    }

    /** Allows it again. */
    public void thaw(String owner) {
        chain.call("testbed_setFrozen", mint.address(), owner, false);
    }
}
