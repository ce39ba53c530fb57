package dev.x402.scheme.exact.svm;

import dev.x402.spi.Bytes;
import java.util.List;

/**
 * One call of a program, before it has a place in a message.
 *
 * @param program that is asked
 * @param accounts in the program's order
 * @param data for the program
 */
record Call(SvmAddress program, List<Use> accounts, Bytes data) {
    Call {
        accounts = List.copyOf(accounts);
    }

    static Call of(SvmAddress program, byte[] data, Use... accounts) {
        return new Call(program, List.of(accounts), Bytes.of(data));
    }

    /**
     * What a program may do with an account.
     *
     * @param account that it is given
     * @param signs whether the account's signature is needed
     * @param writable whether it may be changed
     */
    record Use(SvmAddress account, boolean signs, boolean writable) {
        static Use reads(SvmAddress account) {
            return new Use(account, false, false);
        }

        static Use writes(SvmAddress account) {
            return new Use(account, false, true);
        }

        static Use signer(SvmAddress account) {
            return new Use(account, true, false);
        }
    }
}
