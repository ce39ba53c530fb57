package dev.x402.http.server;

import dev.x402.http.Answer;
import dev.x402.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer as it is kept for the buyer who asks again: format 1, status, headers, body. */
final class AnswerBytes {
    private static final byte FORMAT = 1;

    private AnswerBytes() {}

    static Bytes write(Answer answer) {
        List<byte[]> texts = new ArrayList<>();
        for (Answer.Header header : answer.headers()) {
            texts.add(header.name().getBytes(StandardCharsets.UTF_8));
            texts.add(header.value().getBytes(StandardCharsets.UTF_8));
        }
        int size = 1 + Short.BYTES + Integer.BYTES + answer.body().size();
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        buffer.put(FORMAT).putShort((short) answer.status()).putInt(texts.size());
        for (byte[] text : texts) {
            buffer.putInt(text.length).put(text);
        }
        return Bytes.of(buffer.put(answer.body().toArray()).array());
    }

    static Answer read(Bytes kept) {
        ByteBuffer buffer = ByteBuffer.wrap(kept.toArray());
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new IllegalStateException("kept response: expected format " + FORMAT + ", saw " + format);
        }
        int status = buffer.getShort();
        int texts = buffer.getInt();
        List<Answer.Header> headers = new ArrayList<>();
        for (int i = 0; i < texts; i += 2) {
            headers.add(new Answer.Header(text(buffer), text(buffer)));
        }
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        return new Answer(status, headers, Bytes.of(body));
    }

    private static String text(ByteBuffer buffer) {
        byte[] text = new byte[buffer.getInt()];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
