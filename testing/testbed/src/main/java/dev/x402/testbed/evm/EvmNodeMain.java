package dev.x402.testbed.evm;

import java.io.IOException;

/** Runs a node until standard input ends or the program is interrupted. */
public final class EvmNodeMain {

    private EvmNodeMain() {}

    /** Starts the node, prints its address and accounts, and waits. */
    public static void main(String[] arguments) throws IOException {
        try (EvmNode node = EvmNode.start()) {
            System.out.println(node.uri() + " is " + node.network() + " with the dollar at " + TestDollar.ADDRESS);
            DevAccounts.FACILITATORS.forEach(account -> print("facilitator", account));
            DevAccounts.PAYERS.forEach(account -> print("payer", account));
            print("payee", DevAccounts.PAYEE);
            print("stranger", DevAccounts.STRANGER);
            System.out.println("press enter to stop");
            System.in.read();
        }
    }

    private static void print(String role, DevAccount account) {
        System.out.printf("%-12s%s  key %s%n", role, account.address(), account.privateKey());
    }
}
