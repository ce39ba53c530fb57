package dev.x402.testbed.svm;

import java.io.IOException;

/** Runs a node until standard input ends or the program is interrupted. */
public final class SvmNodeMain {

    private SvmNodeMain() {}

    /** Starts the node, prints its address and accounts, and waits. */
    public static void main(String[] arguments) throws IOException {
        try (SvmNode node = SvmNode.start()) {
            System.out.println(node.uri() + " is " + node.network() + " with USDC at " + SvmMint.USDC.address());
            SvmAccounts.FEE_PAYERS.forEach(account -> print("fee payer", account));
            SvmAccounts.PAYERS.forEach(account -> print("payer", account));
            print("payee", SvmAccounts.PAYEE);
            print("stranger", SvmAccounts.STRANGER);
            System.out.println("press enter to stop");
            System.in.read();
        }
    }

    private static void print(String role, SvmAccount account) {
        System.out.printf("%-12s%-46skey %s%n", role, account.address(), account.secretKey());
    }
}
