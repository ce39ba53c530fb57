package dev.x402.scheme.exact.svm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the signers of a transaction sign: a legacy message or one of version 0.
 *
 * <p>Every place that it names is there; what it means is not judged.
 */
final class Message {
    private static final int VERSIONED = 0x80;

    private final byte[] bytes;
    private final int signers;
    private final int readOnlySigners;
    private final int readOnlyOthers;
    private final List<SvmAddress> accounts;
    private final Blockhash blockhash;
    private final List<Instruction> instructions;
    private final int lookedUp;

    private Message(WireReader in, byte[] bytes) {
        this.bytes = bytes;
        int first = in.oneByte("a message");
        boolean versioned = first >= VERSIONED;
        if (first > VERSIONED) {
            throw WireReader.malformed("a legacy message or one of version 0", "version " + (first - VERSIONED));
        }
        signers = versioned ? in.oneByte("a header") : first;
        readOnlySigners = in.oneByte("a header");
        readOnlyOthers = in.oneByte("a header");
        accounts = accounts(in);
        if (signers == 0 || readOnlySigners >= signers || signers + readOnlyOthers > accounts.size()) {
            throw WireReader.malformed(
                    "a header of 1 signer or more, the first writable, within " + accounts.size() + " accounts",
                    signers + " signers, " + readOnlySigners + " of them and " + readOnlyOthers + " others read-only");
        }
        blockhash = new Blockhash(in.address("a blockhash"));
        instructions = instructions(in);
        lookedUp = versioned ? lookedUp(in) : 0;
        in.end();
        places();
    }

    /**
     * Reads all of the bytes from there on.
     *
     * @throws dev.x402.spec.MalformedMessageException when they are no message
     */
    static Message parse(byte[] transaction, int from) {
        return new Message(
                new WireReader(transaction, from), Arrays.copyOfRange(transaction, from, transaction.length));
    }

    private static List<SvmAddress> accounts(WireReader in) {
        int count = in.length("accounts");
        List<SvmAddress> accounts = new ArrayList<>(Math.min(count, in.left() / SvmAddress.SIZE));
        for (int i = 0; i < count; i++) {
            accounts.add(in.address("an account"));
        }
        return List.copyOf(accounts);
    }

    private static List<Instruction> instructions(WireReader in) {
        int count = in.length("instructions");
        List<Instruction> instructions = new ArrayList<>(Math.min(count, in.left() / 3));
        for (int i = 0; i < count; i++) {
            int program = in.oneByte("a program");
            byte[] accounts = in.bytes(in.length("an instruction's accounts"), "an instruction's accounts");
            byte[] data = in.bytes(in.length("an instruction's data"), "an instruction's data");
            instructions.add(new Instruction(program, accounts, data));
        }
        return List.copyOf(instructions);
    }

    private static int lookedUp(WireReader in) {
        int tables = in.length("lookup tables");
        int accounts = 0;
        for (int i = 0; i < tables; i++) {
            in.address("a lookup table");
            int writable = in.length("a lookup table's accounts");
            in.bytes(writable, "a lookup table's accounts");
            int readOnly = in.length("a lookup table's accounts");
            in.bytes(readOnly, "a lookup table's accounts");
            if (writable + readOnly == 0) {
                throw WireReader.malformed("an account of each lookup table", "none of one");
            }
            accounts += writable + readOnly;
        }
        return accounts;
    }

    private void places() {
        int all = accounts.size() + lookedUp;
        for (Instruction instruction : instructions) {
            if (instruction.program() == 0 || instruction.program() >= accounts.size()) {
                throw WireReader.malformed(
                        "a program within " + accounts.size() + " accounts, not the first",
                        "place " + instruction.program());
            }
            for (int i = 0; i < instruction.accounts(); i++) {
                if (instruction.account(i) >= all) {
                    throw WireReader.malformed(
                            "an account within " + all + " accounts", "place " + instruction.account(i));
                }
            }
        }
    }

    int signers() {
        return signers;
    }

    /** The accounts that are written out; those of lookup tables are not among them. */
    List<SvmAddress> accounts() {
        return accounts;
    }

    SvmAddress account(int place) {
        return accounts.get(place);
    }

    Blockhash blockhash() {
        return blockhash;
    }

    List<Instruction> instructions() {
        return instructions;
    }

    SvmAddress programOf(Instruction instruction) {
        return accounts.get(instruction.program());
    }

    /** How many accounts are named by lookup tables. */
    int lookedUp() {
        return lookedUp;
    }

    boolean isSigner(int place) {
        return place < signers;
    }

    boolean isWritable(int place) {
        return isSigner(place) ? place < signers - readOnlySigners : place < accounts.size() - readOnlyOthers;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** SHA-256 of what is signed: one name whatever the signatures. */
    byte[] hash() {
        return Pda.sha256(bytes);
    }
}
