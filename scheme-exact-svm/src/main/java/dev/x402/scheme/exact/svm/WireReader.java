package dev.x402.scheme.exact.svm;

import dev.x402.spec.MalformedMessageException;
import java.util.Arrays;

/** Reads bytes from the left and refuses to read beyond their end. */
final class WireReader {
    private static final String END = "the end";

    private final byte[] bytes;
    private int at;

    WireReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    int at() {
        return at;
    }

    int left() {
        return bytes.length - at;
    }

    int oneByte(String what) {
        need(1, what);
        return bytes[at++] & 0xff;
    }

    /** A length in the shortest of its one to three bytes, at most 65,535. */
    int length(String what) {
        int value = 0;
        for (int i = 0; i < 3; i++) {
            int next = oneByte(what);
            value |= (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                if ((next == 0 && i > 0) || value > 0xffff) {
                    throw malformed("a length in its shortest form for " + what, "another form");
                }
                return value;
            }
        }
        throw malformed("a length of at most three bytes for " + what, "more");
    }

    byte[] bytes(int count, String what) {
        need(count, what);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    SvmAddress address(String what) {
        need(SvmAddress.SIZE, what);
        at += SvmAddress.SIZE;
        return SvmAddress.at(bytes, at - SvmAddress.SIZE);
    }

    void end() {
        if (left() != 0) {
            throw malformed(END, left() + " bytes more");
        }
    }

    private void need(int count, String what) {
        if (count > left()) {
            throw malformed(what, END);
        }
    }

    static MalformedMessageException malformed(String expected, String seen) {
        return new MalformedMessageException(ExactPayload.POINTER, expected, seen);
    }
}
