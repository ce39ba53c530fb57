package dev.x402.scheme.ach.bank;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AchGateway.Entry;
import dev.x402.scheme.ach.AchGateway.State;
import dev.x402.scheme.ach.ReturnCode;
import dev.x402.spec.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A port: a bank's books, by double entry; in memory here, in a database elsewhere.
 *
 * <p>Each method is one transaction. An item changes only from how it was last seen, and its money moves with it: so
 * nothing is booked twice, whoever does it and however often.
 */
public interface BankLedger {
    /** What an account has, in cents; may be below 0. */
    long balance(String account);

    /** Books lines that add up to zero; all of them or none. */
    void post(List<Line> lines);

    /** Takes a new item in; false: its name is taken. */
    boolean add(Item item);

    /** Replaces an item and books the lines; false, and nothing is done: it is another by now. */
    boolean replace(Item seen, Item next, List<Line> lines);

    /** Forgets an item. */
    void remove(Item item);

    /** The item of a name. */
    Optional<Item> item(String name);

    /** The items of an end-to-end id, in the order in which they came. */
    List<Item> items(String endToEndId);

    /** The item that is due first, when it is due by now. */
    Optional<Item> due(Instant now);

    /** The items that did not move yet. */
    List<Item> waiting();

    /** How many items are remembered. */
    int size();

    /**
     * A line of a booking.
     *
     * @param account that changes
     * @param cents more, or less when below 0
     */
    record Line(String account, long cents) {
        public Line {
            requireNonNull(account, "account");
        }
    }

    /**
     * An entry at the bank.
     *
     * @param name the trace, with a number behind it for a copy that was not recognised
     * @param entry as it came
     * @param state how far it is
     * @param slot its file; empty for prefunded money and for what was refused
     * @param settles when it settles or settled
     * @param finalAt when no return can come any more
     * @param returnsAs the code as which it will be or was returned
     * @param refused why it moved nothing
     * @param next when something happens to it
     */
    record Item(
            String name,
            Entry entry,
            State state,
            Optional<Instant> slot,
            Instant settles,
            Instant finalAt,
            Optional<ReturnCode> returnsAs,
            Optional<ErrorCode> refused,
            Instant next) {
        public Item {
            requireNonNull(name, "name");
            requireNonNull(entry, "entry");
            requireNonNull(state, "state");
            requireNonNull(slot, "slot");
            requireNonNull(settles, "settles");
            requireNonNull(finalAt, "finalAt");
            requireNonNull(returnsAs, "returnsAs");
            requireNonNull(refused, "refused");
            requireNonNull(next, "next");
        }

        /** The item further on. */
        Item moved(State to, Instant then) {
            return new Item(name, entry, to, slot, settles, finalAt, returnsAs, refused, then);
        }

        /** The item that will be returned. */
        Item returning(ReturnCode code, Instant then) {
            return new Item(name, entry, state, slot, settles, finalAt, Optional.of(code), refused, then);
        }
    }
}
