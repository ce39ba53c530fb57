package dev.x402.scheme.ach;

import java.time.Instant;
import java.util.List;

/** A bank that tells these events, as often as it is asked. */
final class RepeatingBank implements AchGateway {
    private final AchGateway bank;
    private final List<Event> told;

    RepeatingBank(AchGateway bank, Event... told) {
        this.bank = bank;
        this.told = List.of(told);
    }

    @Override
    public List<Event> events(long after, int limit, Instant by) {
        return told;
    }

    @Override
    public void acknowledge(long number, Instant by) {}

    @Override
    public boolean deduplicates() {
        return bank.deduplicates();
    }

    @Override
    public long most(Speed speed) {
        return bank.most(speed);
    }

    @Override
    public long guaranteedUpTo() {
        return bank.guaranteedUpTo();
    }

    @Override
    public String trace(Instant by) {
        return bank.trace(by);
    }

    @Override
    public View look(String endToEndId, String account, Instant by) {
        return bank.look(endToEndId, account, by);
    }

    @Override
    public Answer hold(Entry entry, Instant by) {
        return bank.hold(entry, by);
    }

    @Override
    public Answer originate(Entry entry, Instant by) {
        return bank.originate(entry, by);
    }

    @Override
    public Status status(String trace, Instant by) {
        return bank.status(trace, by);
    }

    @Override
    public List<Status> statuses(String endToEndId, Instant by) {
        return bank.statuses(endToEndId, by);
    }

    @Override
    public Answer correct(long notice, Instant by) {
        return bank.correct(notice, by);
    }
}
