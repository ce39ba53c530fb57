package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Json;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node shows of mints and token accounts, right and wrong. */
class ChainAccountTest {
    @Test
    void an_extension_that_nobody_knows_is_harm() {
        assertEquals(Optional.of("number 4711"), MintExtensions.harm(entry(4711, 4)));
    }

    @Test
    void a_harmful_extension_behind_harmless_ones_is_found() {
        assertEquals(
                Optional.of("transfer fee"), MintExtensions.harm(joined(entry(3, 32), entry(18, 64), entry(1, 108))));
    }

    @Test
    void harmless_extensions_and_room_are_no_harm() {
        assertEquals(Optional.empty(), MintExtensions.harm(joined(entry(3, 32), entry(19, 7), new byte[9])));
        assertEquals(Optional.empty(), MintExtensions.harm(new byte[0]));
    }

    @Test
    void an_extension_that_is_cut_off_is_harm() {
        byte[] whole = entry(3, 32);
        for (int length = 2; length < whole.length; length++) {
            assertEquals(
                    Optional.of("one that is cut off"),
                    MintExtensions.harm(Arrays.copyOf(whole, length)),
                    length + " bytes");
        }
    }

    @Test
    void what_is_no_account_is_none() {
        for (Json odd : List.of(
                Json.Null.NULL,
                Json.of("account"),
                Json.Obj.EMPTY,
                account(Programs.TOKEN, new byte[82]).without("lamports"),
                account(Programs.TOKEN, new byte[82]).with("owner", "nobody"),
                account(Programs.TOKEN, new byte[82]).with("data", "AA=="),
                account(Programs.TOKEN, new byte[82])
                        .with("data", new Json.Arr(List.of(Json.of("%"), Json.of("base64")))),
                account(Programs.TOKEN, new byte[82])
                        .with("data", new Json.Arr(List.of(Json.of("AA=="), Json.of("base58")))))) {
            assertNull(ChainAccount.read(odd), odd.toString());
        }
    }

    @Test
    void a_mint_has_its_length_its_program_and_was_opened() {
        byte[] open = new byte[82];
        open[44] = 6;
        open[45] = 1;
        assertEquals(
                Optional.of(new ChainAccount.Mint(Programs.TOKEN, 6, Optional.empty())),
                read(Programs.TOKEN, open).mint());
        assertEquals(Optional.empty(), read(Programs.SYSTEM, open).mint());
        assertEquals(Optional.empty(), read(Programs.TOKEN, new byte[82]).mint());
        assertEquals(
                Optional.empty(), read(Programs.TOKEN, Arrays.copyOf(open, 83)).mint());
        assertEquals(
                Optional.empty(),
                read(Programs.TOKEN_2022, Arrays.copyOf(open, 170)).mint());
    }

    @Test
    void a_token_account_has_its_length_and_is_open_or_frozen() {
        byte[] bytes = new byte[165];
        bytes[64] = (byte) 0xff;
        bytes[71] = (byte) 0xff;
        assertEquals(Optional.empty(), read(Programs.TOKEN, bytes).purse());
        bytes[108] = 1;
        assertEquals(
                "18374686479671623935",
                read(Programs.TOKEN, bytes).purse().orElseThrow().amount().toString());
        bytes[108] = 2;
        assertTrue(read(Programs.TOKEN, bytes).purse().orElseThrow().frozen());
        assertEquals(Optional.empty(), read(Programs.MEMO, bytes).purse());
        assertEquals(Optional.empty(), read(Programs.TOKEN, new byte[164]).purse());
    }

    private static ChainAccount read(SvmAddress program, byte[] data) {
        return Objects.requireNonNull(ChainAccount.read(account(program, data)));
    }

    private static Json.Obj account(SvmAddress program, byte[] data) {
        return Json.Obj.EMPTY
                .with("owner", program.toString())
                .with("lamports", Json.Num.of(1))
                .with(
                        "data",
                        new Json.Arr(List.of(Json.of(Base64.getEncoder().encodeToString(data)), Json.of("base64"))));
    }

    private static byte[] entry(int type, int length) {
        byte[] entry = new byte[4 + length];
        entry[0] = (byte) type;
        entry[1] = (byte) (type >> 8);
        entry[2] = (byte) length;
        return entry;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
