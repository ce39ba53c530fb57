package dev.x402.scheme.exact.svm;

import dev.x402.scheme.exact.svm.Reading.Refusal;
import dev.x402.spec.ErrorCode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one form of a transaction that is paid for: compute limit, compute price, transfer, then notes and guards.
 *
 * <p>Follows the facilitator's rules 1 to 4 of the scheme's text. Any order of Memo and Lighthouse after the transfer is
 * fine; a wallet adds up to two guards.
 */
final class Grammar {
    private static final int LEAST = 3;
    private static final int MOST = 7;
    private static final int LIMIT = 0;
    private static final int PRICE = 1;
    private static final int TRANSFER = 2;

    private static final int SET_LIMIT = 2;
    private static final int SET_LIMIT_BYTES = 5;
    private static final int SET_PRICE = 3;
    private static final int SET_PRICE_BYTES = 9;
    private static final int TRANSFER_CHECKED = 12;
    private static final int TRANSFER_CHECKED_BYTES = 10;
    private static final int TRANSFER_CHECKED_ACCOUNTS = 4;

    private static final int FEE_PAYER_PLACE = 0;
    private static final int PAYER_PLACE = 1;
    private static final int SIGNERS = 2;
    private static final String[] ORDINALS = {"fourth", "fifth", "sixth", "seventh"};

    private final Message message;
    private final List<Instruction> instructions;

    private Grammar(Message message) {
        this.message = message;
        this.instructions = message.instructions();
    }

    /**
     * What is wrong with the form.
     *
     * @param feePayer of the offer, one of ours
     * @param memo of the seller; null when any will do
     */
    static Optional<Refusal> refusal(Message message, SvmAddress feePayer, FeePayers ours, @Nullable String memo) {
        Grammar grammar = new Grammar(message);
        return grammar.accounts(feePayer)
                .or(() -> grammar.count())
                .or(() -> grammar.limit(ours.limits()))
                .or(() -> grammar.price(ours.limits()))
                .or(() -> grammar.transfer())
                .or(() -> grammar.isolation(ours))
                .or(() -> grammar.rest())
                .or(() -> grammar.memo(memo));
    }

    /** The transfer of a message in which nothing is wrong with the form. */
    static TransferShape shape(Message message) {
        Instruction transfer = message.instructions().get(TRANSFER);
        return new TransferShape(
                message.account(FEE_PAYER_PLACE),
                message.account(transfer.account(3)),
                message.account(transfer.account(0)),
                message.account(transfer.account(2)),
                message.account(transfer.account(1)),
                message.programOf(transfer),
                unsigned(transfer.number(1, 8)),
                (int) transfer.number(9, 1),
                message.instructions().get(LIMIT).number(1, 4),
                unsigned(message.instructions().get(PRICE).number(1, 8)),
                message.blockhash());
    }

    private Optional<Refusal> accounts(SvmAddress feePayer) {
        if (message.lookedUp() > 0) {
            return refused(
                    Codes.LOOKUP_TABLES,
                    "expected every account written out, saw " + message.lookedUp() + " in lookup tables");
        }
        if (message.signers() != SIGNERS) {
            return refused(
                    message.signers() > SIGNERS ? Codes.EXCESSIVE_SIGNERS : Codes.SIGNATURE,
                    "expected two signers, the fee payer and the payer, saw " + message.signers());
        }
        if (!message.account(FEE_PAYER_PLACE).equals(feePayer)) {
            return refused(Codes.FEE_PAYER, "expected the fee payer of the offer as the first account, saw another");
        }
        return new HashSet<>(message.accounts()).size() == message.accounts().size()
                ? Optional.empty()
                : refused(Codes.UNDECODABLE, "expected every account once, saw one twice");
    }

    private Optional<Refusal> count() {
        return instructions.size() >= LEAST && instructions.size() <= MOST
                ? Optional.empty()
                : refused(
                        Codes.LENGTH,
                        "expected " + LEAST + " to " + MOST + " instructions, saw " + instructions.size());
    }

    private Optional<Refusal> limit(Limits limits) {
        Instruction limit = instructions.get(LIMIT);
        if (message.programOf(limit).equals(Programs.SYSTEM)) {
            return refused(
                    Codes.LIMIT,
                    "first instruction: expected the compute limit, saw one of the System program;"
                            + " a transaction with a durable nonce would never expire");
        }
        if (!isBudget(limit, SET_LIMIT, SET_LIMIT_BYTES)) {
            return refused(Codes.LIMIT, "first instruction: expected the compute limit and nothing else, saw another");
        }
        long units = limit.number(1, 4);
        return units <= limits.computeUnits()
                ? Optional.empty()
                : refused(
                        Codes.LIMIT_TOO_HIGH,
                        "compute limit: expected at most " + limits.computeUnits() + " units, saw " + units);
    }

    private Optional<Refusal> price(Limits limits) {
        Instruction price = instructions.get(PRICE);
        if (!isBudget(price, SET_PRICE, SET_PRICE_BYTES)) {
            return refused(Codes.PRICE, "second instruction: expected the compute price and nothing else, saw another");
        }
        BigInteger each = unsigned(price.number(1, 8));
        return each.compareTo(limits.price()) <= 0
                ? Optional.empty()
                : refused(
                        Codes.PRICE_TOO_HIGH,
                        "compute price: expected at most " + limits.price() + " millionths of a lamport, saw " + each);
    }

    private boolean isBudget(Instruction instruction, int kind, int bytes) {
        return message.programOf(instruction).equals(Programs.COMPUTE_BUDGET)
                && instruction.accounts() == 0
                && instruction.size() == bytes
                && instruction.number(0, 1) == kind;
    }

    private Optional<Refusal> transfer() {
        Instruction transfer = instructions.get(TRANSFER);
        if (!Programs.isToken(message.programOf(transfer))
                || transfer.size() != TRANSFER_CHECKED_BYTES
                || transfer.number(0, 1) != TRANSFER_CHECKED
                || transfer.accounts() != TRANSFER_CHECKED_ACCOUNTS) {
            return refused(
                    Codes.NO_TRANSFER,
                    "third instruction: expected TransferChecked of SPL Token or Token-2022 with 4 accounts,"
                            + " saw another");
        }
        int source = transfer.account(0);
        int destination = transfer.account(2);
        if (transfer.mentions(FEE_PAYER_PLACE)) {
            return refused(Codes.FEE_PAYER_PAYS, "transfer: expected accounts of the payer, saw the fee payer");
        }
        if (transfer.account(3) != PAYER_PLACE) {
            return refused(Codes.SIGNATURE, "transfer: expected the second signer as its authority, saw another");
        }
        return source != destination
                        && isPlainWritable(source)
                        && isPlainWritable(destination)
                        && !message.isSigner(transfer.account(1))
                ? Optional.empty()
                : refused(
                        Codes.NO_TRANSFER,
                        "transfer: expected two writable accounts and a mint, none of which signs, saw others");
    }

    private boolean isPlainWritable(int place) {
        return message.isWritable(place) && !message.isSigner(place);
    }

    /** None of our accounts is given to any program, in any place. */
    private Optional<Refusal> isolation(FeePayers ours) {
        for (int place = 0; place < message.accounts().size(); place++) {
            if (place == FEE_PAYER_PLACE || ours.accounts().contains(message.account(place))) {
                for (int i = 0; i < instructions.size(); i++) {
                    if (instructions.get(i).mentions(place)) {
                        return refused(
                                i == TRANSFER ? Codes.FEE_PAYER_PAYS : Codes.FEE_PAYER_NOT_ISOLATED,
                                "instruction " + (i + 1) + ": expected no account that pays fees, saw one");
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> rest() {
        for (int i = TRANSFER + 1; i < instructions.size(); i++) {
            SvmAddress program = message.programOf(instructions.get(i));
            if (!program.equals(Programs.MEMO) && !program.equals(Programs.LIGHTHOUSE)) {
                String ordinal = ORDINALS[i - TRANSFER - 1];
                return refused(
                        new ErrorCode("invalid_exact_svm_payload_unknown_" + ordinal + "_instruction"),
                        ordinal + " instruction: expected one of Memo or Lighthouse, saw one of " + program);
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> memo(@Nullable String wanted) {
        List<Instruction> memos = instructions.stream()
                .filter(instruction -> message.programOf(instruction).equals(Programs.MEMO))
                .toList();
        for (Instruction memo : memos) {
            if (memo.size() > Offers.MAX_MEMO_BYTES || !isText(memo.data())) {
                return refused(
                        Codes.MEMO, "memo: expected at most " + Offers.MAX_MEMO_BYTES + " bytes of UTF-8, saw others");
            }
        }
        if (wanted == null) {
            return Optional.empty();
        }
        if (memos.size() != 1) {
            return refused(Codes.MEMO_COUNT, "memo: expected exactly one, that of the offer, saw " + memos.size());
        }
        return memos.get(0).hasData(wanted.getBytes(StandardCharsets.UTF_8))
                ? Optional.empty()
                : refused(Codes.MEMO, "memo: expected the text of extra.memo, saw another");
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notText) {
            return false;
        }
    }

    private static BigInteger unsigned(long bits) {
        return bits >= 0 ? BigInteger.valueOf(bits) : new BigInteger(Long.toUnsignedString(bits));
    }

    private static Optional<Refusal> refused(ErrorCode code, String what) {
        return Optional.of(new Refusal(code, ExactPayload.POINTER.substring(1).replace('/', '.') + ": " + what));
    }
}
