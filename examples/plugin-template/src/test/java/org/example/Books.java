// snippet: file
package org.example;

import dev.x402.spec.AtomicAmount;
import dev.x402.spi.RailUnavailableException;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bank in memory: what a test needs of it, and switches for what goes wrong. */
final class Books implements PebbleBank {
    private final Clock clock;
    private final Map<String, BigInteger> given = new HashMap<>();
    private final List<Order> entered = new ArrayList<>();
    private final List<Order> held = new ArrayList<>();
    private boolean holds;
    private boolean silent;
    private boolean out;

    Books(Clock clock) {
        this.clock = clock;
    }

    static String sign(String account, String text) {
        return Integer.toHexString(("secret of " + account + text).hashCode()); // a real bank signs better
    }

    @Override
    public boolean signed(String account, String text, String signature) {
        return sign(account, text).equals(signature);
    }

    @Override
    public synchronized Entry look(String payer, String note, String asset) {
        if (out) {
            throw new RailUnavailableException("the bank is closed");
        }
        Optional<Order> used = entered.stream()
                .filter(o -> o.from().equals(payer) && o.note().equals(note))
                .findFirst();
        return new Entry(clock.instant(), balance(payer), used);
    }

    @Override
    public synchronized void enter(byte[] order) {
        if (out) {
            throw new RailUnavailableException("the bank is closed");
        }
        if (holds) {
            held.add(Order.parse(order));
        } else {
            book(Order.parse(order));
        }
        if (silent) {
            silent = false;
            throw new RailUnavailableException("the line is dead");
        }
    }

    synchronized void book(Order order) {
        boolean fresh = entered.stream()
                .noneMatch(o -> o.from().equals(order.from()) && o.note().equals(order.note()));
        boolean covered = balance(order.from()).compareTo(order.amount()) >= 0;
        boolean signed = signed(order.from(), order.text(), order.signature());
        if (fresh && covered && signed && !order.isOver(clock.instant())) {
            entered.add(order);
        }
    }

    synchronized AtomicAmount balance(String account) {
        BigInteger sum = given.getOrDefault(account, BigInteger.ZERO);
        for (Order order : entered) {
            BigInteger amount = order.amount().value();
            sum = order.to().equals(account) ? sum.add(amount) : sum;
            sum = order.from().equals(account) ? sum.subtract(amount) : sum;
        }
        return new AtomicAmount(sum);
    }

    synchronized void give(String account, AtomicAmount amount) {
        given.merge(account, amount.value(), BigInteger::add);
    }

    synchronized void hold(boolean on) {
        holds = on;
        if (!on) {
            held.forEach(this::book);
            held.clear();
        }
    }

    synchronized void drop() {
        held.clear();
    }

    synchronized void silence() {
        silent = true;
    }

    synchronized void close(boolean on) {
        out = on;
    }
}
// end: file
