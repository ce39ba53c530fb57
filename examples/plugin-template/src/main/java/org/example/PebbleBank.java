// snippet: file
package org.example;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Network;
import java.time.Instant;
import java.util.Optional;

/** A port: the books of Pebble, as a facilitator reads and writes them. */
public interface PebbleBank {
    /** Whether the account signed the text. */
    boolean signed(String account, String text, String signature);

    /** What the books say now of one note, in one look. */
    Entry look(String payer, String note, String asset);

    /** Enters an order; the bank enters each note of a payer once. Throws when it does not answer. */
    void enter(byte[] order);

    /** Time of the books, the payer's balance, and the order that used the note up; nothing vanishes from the books. */
    record Entry(Instant time, AtomicAmount balance, Optional<Order> used) {}
}
// end: file
