package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenAccountsTest {
    private static final SvmAddress PAYEE = Keys.address(Keys.PAYEE);
    private static final SvmAddress MINT = SvmAddress.of(Offline.USDC);

    final TokenAccounts accounts = new TokenAccounts();

    @Test
    void an_account_is_derived_once() {
        SvmAddress first = accounts.of(PAYEE, MINT, Programs.TOKEN);
        assertEquals(Pda.tokenAccount(PAYEE, MINT, Programs.TOKEN), first);
        assertSame(first, accounts.of(PAYEE, MINT, Programs.TOKEN));
    }

    @Test
    void owner_mint_and_program_each_make_another() {
        SvmAddress first = accounts.of(PAYEE, MINT, Programs.TOKEN);
        assertNotEquals(first, accounts.of(PAYEE, MINT, Programs.TOKEN_2022));
        assertNotEquals(first, accounts.of(PAYEE, SvmAddress.of(Offline.DOLLAR_2022), Programs.TOKEN));
        assertNotEquals(first, accounts.of(Keys.address(Keys.STRANGER), MINT, Programs.TOKEN));
    }

    @Test
    void many_payees_do_not_fill_the_memory() {
        byte[] owner = new byte[SvmAddress.SIZE];
        for (int i = 0; i <= TokenAccounts.MOST; i++) {
            owner[0] = (byte) i;
            owner[1] = (byte) (i >> 8);
            accounts.of(SvmAddress.at(owner, 0), MINT, Programs.TOKEN);
        }
        assertTrue(accounts.size() <= TokenAccounts.MOST, "kept " + accounts.size());
        assertEquals(1, accounts.size());
    }
}
