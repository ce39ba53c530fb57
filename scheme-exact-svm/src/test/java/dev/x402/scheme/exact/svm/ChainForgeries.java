package dev.x402.scheme.exact.svm;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmMint;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Payments in which nothing is wrong but what the chain says of them. */
final class ChainForgeries {
    private final Payment honest;
    private final Draft draft;
    private final SvmAddress payer;
    private final SvmAddress payee;
    private final Map<String, Payment> made = new LinkedHashMap<>();

    private ChainForgeries(Payment honest, SvmSigner payer) {
        this.honest = honest;
        this.draft = Draft.of(honest, payer);
        this.payer = Keys.address(payer);
        this.payee = SvmAddress.of(honest.requirements().payTo());
    }

    static Map<String, Payment> of(Payment honest, SvmSigner payer) {
        ChainForgeries forged = new ChainForgeries(honest, payer);
        forged.mints();
        forged.accounts();
        forged.made.put(
                "a blockhash that nobody knows",
                forged.draft.blockhash(new Blockhash(forged.payee)).payment());
        return forged.made;
    }

    /** Of none of these all arrives and stays. */
    private void mints() {
        for (SvmMint mint : SvmMint.ALL) {
            if (!mint.equals(SvmMint.USDC) && !mint.equals(SvmMint.DOLLAR_2022)) {
                SvmAddress address = SvmAddress.of(mint.address());
                made.put(
                        "the mint " + mint.address(),
                        transfer(Programs.TOKEN_2022, address, payee).payment(terms("asset", mint.address())));
            }
        }
        SvmAddress mint = draft.shape().mint();
        SvmAddress other = draft.shape().tokenProgram().equals(Programs.TOKEN) ? Programs.TOKEN_2022 : Programs.TOKEN;
        made.put("all of the other token program", transfer(other, mint, payee).payment());
    }

    private void accounts() {
        SvmAddress nobody = SvmAddress.of(SvmAccounts.STRANGER.address());
        made.put(
                "a payee without a token account",
                transfer(draft.shape().tokenProgram(), draft.shape().mint(), nobody)
                        .payment(terms("payTo", nobody.toString())));
        BigInteger tooMuch = BigInteger.ONE.shiftLeft(62);
        made.put(
                "more than the payer has",
                draft.transfer(tooMuch, draft.shape().decimals())
                        .payment(honest.requirements().withAmount(new AtomicAmount(tooMuch))));
    }

    private Draft transfer(SvmAddress tokenProgram, SvmAddress mint, SvmAddress to) {
        return draft.set(
                2,
                Transfers.checked(
                        tokenProgram,
                        Pda.tokenAccount(payer, mint, tokenProgram),
                        mint,
                        Pda.tokenAccount(to, mint, tokenProgram),
                        payer,
                        draft.shape().amount(),
                        draft.shape().decimals()));
    }

    private PaymentRequirements terms(String member, String value) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(honest.requirements());
        return Codec.PAYMENT_REQUIREMENTS.of(wire.with(member, value));
    }
}
