package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account as a node shows it, read as what a token program keeps there. */
final class ChainAccount {
    private static final int MINT_SIZE = 82;
    private static final int DECIMALS_AT = 44;
    private static final int MINT_INITIALIZED_AT = 45;
    private static final int ACCOUNT_SIZE = 165;
    private static final int OWNER_AT = 32;
    private static final int AMOUNT_AT = 64;
    private static final int STATE_AT = 108;
    private static final int INITIALIZED = 1;
    private static final int FROZEN = 2;
    private static final int KIND_OF_MINT = 1;
    private static final int KIND_OF_ACCOUNT = 2;
    private static final int MAX_BASE64 = 1 << 20;

    private final SvmAddress program;
    private final BigInteger lamports;
    private final byte[] data;

    private ChainAccount(SvmAddress program, BigInteger lamports, byte[] data) {
        this.program = program;
        this.lamports = lamports;
        this.data = data;
    }

    /**
     * A mint.
     *
     * @param program that owns it
     * @param decimals of an amount
     * @param harm an extension that changes what arrives or stays, in words
     */
    record Mint(SvmAddress program, int decimals, Optional<String> harm) {}

    /**
     * What somebody has of a token.
     *
     * @param program that owns the account
     * @param mint of the token
     * @param owner who may transfer
     * @param amount atomic
     * @param frozen whether nothing may be transferred
     */
    record Purse(SvmAddress program, SvmAddress mint, SvmAddress owner, BigInteger amount, boolean frozen) {}

    /** The account; null when the node said something else, such as nothing. */
    static @Nullable ChainAccount read(Json value) {
        if (!(value instanceof Json.Obj obj)) {
            return null;
        }
        Optional<SvmAddress> program = obj.text("owner").flatMap(SvmAddress::find);
        Long lamports = Answers.number(obj.members().get("lamports"));
        byte[] data = data(obj.members().get("data"));
        return program.isEmpty() || lamports == null || data == null
                ? null
                : new ChainAccount(program.get(), BigInteger.valueOf(lamports), data);
    }

    BigInteger lamports() {
        return lamports;
    }

    /** The mint that is kept there. */
    Optional<Mint> mint() {
        boolean plain = data.length == MINT_SIZE;
        boolean extended = data.length > ACCOUNT_SIZE && data[ACCOUNT_SIZE] == KIND_OF_MINT;
        if (!Programs.isToken(program) || !(plain || extended) || data[MINT_INITIALIZED_AT] != 1) {
            return Optional.empty();
        }
        return Optional.of(new Mint(
                program,
                Byte.toUnsignedInt(data[DECIMALS_AT]),
                extended
                        ? MintExtensions.harm(Arrays.copyOfRange(data, ACCOUNT_SIZE + 1, data.length))
                        : Optional.empty()));
    }

    /** The token account that is kept there. */
    Optional<Purse> purse() {
        boolean extended = data.length > ACCOUNT_SIZE && data[ACCOUNT_SIZE] == KIND_OF_ACCOUNT;
        if (!Programs.isToken(program) || !(data.length == ACCOUNT_SIZE || extended)) {
            return Optional.empty();
        }
        int state = data[STATE_AT];
        if (state != INITIALIZED && state != FROZEN) {
            return Optional.empty();
        }
        long bits = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(AMOUNT_AT);
        return Optional.of(new Purse(
                program,
                SvmAddress.at(data, 0),
                SvmAddress.at(data, OWNER_AT),
                new BigInteger(Long.toUnsignedString(bits)),
                state == FROZEN));
    }

    private static byte @Nullable [] data(@Nullable Json value) {
        if (!(value instanceof Json.Arr arr)
                || arr.elements().size() != 2
                || !(arr.elements().get(0) instanceof Json.Str text)
                || !Json.of("base64").equals(arr.elements().get(1))
                || text.value().length() > MAX_BASE64) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text.value());
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }
}
