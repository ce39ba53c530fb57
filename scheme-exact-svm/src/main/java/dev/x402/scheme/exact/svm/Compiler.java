package dev.x402.scheme.exact.svm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes calls as a message of version 0 in which every account is written out. */
final class Compiler {
    private static final int VERSION_0 = 0x80;

    private Compiler() {}

    /** The message, whose fee payer is the first of its signers. */
    static Message compile(SvmAddress feePayer, Blockhash blockhash, List<Call> calls) {
        List<Call.Use> uses = uses(feePayer, calls);
        List<SvmAddress> places = uses.stream().map(Call.Use::account).toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION_0);
        out.write(count(uses, true, true) + count(uses, true, false));
        out.write(count(uses, true, false));
        out.write(count(uses, false, false));
        length(out, places.size());
        places.forEach(account -> out.writeBytes(account.toBytes()));
        out.writeBytes(blockhash.value().toBytes());
        length(out, calls.size());
        for (Call call : calls) {
            out.write(places.indexOf(call.program()));
            length(out, call.accounts().size());
            call.accounts().forEach(use -> out.write(places.indexOf(use.account())));
            length(out, call.data().size());
            out.writeBytes(call.data().toArray());
        }
        length(out, 0); // lookup tables
        return Message.parse(out.toByteArray(), 0);
    }

    /** Each account once, with all that any call does with it: signers before others, writable ones first. */
    private static List<Call.Use> uses(SvmAddress feePayer, List<Call> calls) {
        Map<SvmAddress, Call.Use> uses = new LinkedHashMap<>();
        uses.put(feePayer, new Call.Use(feePayer, true, true));
        calls.forEach(call -> call.accounts().forEach(use -> uses.merge(use.account(), use, Compiler::both)));
        calls.forEach(call -> uses.merge(call.program(), Call.Use.reads(call.program()), Compiler::both));
        List<Call.Use> sorted = new ArrayList<>();
        for (boolean signs : new boolean[] {true, false}) {
            for (boolean writable : new boolean[] {true, false}) {
                uses.values().stream()
                        .filter(use -> use.signs() == signs && use.writable() == writable)
                        .forEach(sorted::add);
            }
        }
        return sorted;
    }

    private static Call.Use both(Call.Use one, Call.Use other) {
        return new Call.Use(one.account(), one.signs() || other.signs(), one.writable() || other.writable());
    }

    private static int count(List<Call.Use> uses, boolean signs, boolean writable) {
        return (int) uses.stream()
                .filter(use -> use.signs() == signs && use.writable() == writable)
                .count();
    }

    private static void length(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left >= 0x80) {
            out.write((left & 0x7f) | 0x80);
            left >>= 7;
        }
        out.write(left);
    }
}
