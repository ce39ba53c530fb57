package dev.x402.scheme.exact.svm;

import java.util.Arrays;

/** One call of a program, by the places of its accounts in the message. */
final class Instruction {
    private final int program;
    private final byte[] accounts;
    private final byte[] data;

    Instruction(int program, byte[] accounts, byte[] data) {
        this.program = program;
        this.accounts = accounts.clone();
        this.data = data.clone();
    }

    /** The program's place. */
    int program() {
        return program;
    }

    /** How many accounts it is given. */
    int accounts() {
        return accounts.length;
    }

    /** The place of its account of this number. */
    int account(int number) {
        return accounts[number] & 0xff;
    }

    boolean mentions(int place) {
        for (byte account : accounts) {
            if ((account & 0xff) == place) {
                return true;
            }
        }
        return false;
    }

    /** How many bytes of data it is given. */
    int size() {
        return data.length;
    }

    byte[] data() {
        return data.clone();
    }

    boolean hasData(byte[] expected) {
        return Arrays.equals(data, expected);
    }

    /** The number in so many bytes, the smallest first; eight of them without sign. */
    long number(int from, int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << 8) | (data[from + i] & 0xff);
        }
        return value;
    }
}
