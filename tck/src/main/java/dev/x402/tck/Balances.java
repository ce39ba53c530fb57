package dev.x402.tck;

import java.math.BigInteger;

/**
 * What payer and payee have at one moment, in the offer's smallest unit.
 *
 * @param payer of the payer
 * @param payee of the payee
 */
public record Balances(BigInteger payer, BigInteger payee) {
    /** What changed until then, in words. */
    public String until(Balances later) {
        return "payer " + signed(later.payer.subtract(payer)) + ", payee " + signed(later.payee.subtract(payee));
    }

    /** Whether just so much went from payer to payee until then. */
    public boolean moved(BigInteger amount, Balances later) {
        return payer.subtract(amount).equals(later.payer) && payee.add(amount).equals(later.payee);
    }

    /** Whether the payee got just so much until then. */
    public boolean paid(BigInteger amount, Balances later) {
        return payee.add(amount).equals(later.payee);
    }

    private static String signed(BigInteger change) {
        return change.signum() > 0 ? "+" + change : change.toString();
    }
}
