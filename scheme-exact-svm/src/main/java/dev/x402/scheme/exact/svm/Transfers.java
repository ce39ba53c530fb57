package dev.x402.scheme.exact.svm;

import dev.x402.scheme.exact.svm.Reading.Terms;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.p2p.solanaj.programs.ComputeBudgetProgram;

/** The calls of a payment. */
final class Transfers {
    private static final byte TRANSFER_CHECKED = 12;

    private Transfers() {}

    static Call computeLimit(int units) {
        return Call.of(
                Programs.COMPUTE_BUDGET,
                ComputeBudgetProgram.setComputeUnitLimit(units).getData());
    }

    static Call computePrice(int millionthsOfALamport) {
        return Call.of(
                Programs.COMPUTE_BUDGET,
                ComputeBudgetProgram.setComputeUnitPrice(millionthsOfALamport).getData());
    }

    /** From the payer's associated token account to the payee's. */
    static Call transfer(Terms terms, SvmAddress payer, SvmAddress tokenProgram) {
        return checked(
                tokenProgram,
                Pda.tokenAccount(payer, terms.mint(), tokenProgram),
                terms.mint(),
                Pda.tokenAccount(terms.payTo(), terms.mint(), tokenProgram),
                payer,
                terms.amount(),
                terms.decimals());
    }

    static Call checked(
            SvmAddress tokenProgram,
            SvmAddress source,
            SvmAddress mint,
            SvmAddress destination,
            SvmAddress authority,
            BigInteger amount,
            int decimals) {
        byte[] data = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(TRANSFER_CHECKED)
                .putLong(amount.longValue()) // its 64 bits, without sign
                .put((byte) decimals)
                .array();
        return Call.of(
                tokenProgram,
                data,
                Call.Use.writes(source),
                Call.Use.reads(mint),
                Call.Use.writes(destination),
                Call.Use.signer(authority));
    }

    static Call memo(String text) {
        return Call.of(Programs.MEMO, text.getBytes(StandardCharsets.UTF_8));
    }
}
