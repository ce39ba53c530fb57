package dev.x402.http.servlet;

import dev.x402.http.Answer;
import dev.x402.http.HeldBody;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response of which nothing reaches the client; every method that could write is decided here.
 *
 * <p>As with a response of the container's own, nothing changes after it is committed: by {@code flushBuffer}, {@code
 * sendError} or {@code sendRedirect}.
 */
@SuppressWarnings({"deprecation", "NullAway"}) // the Servlet API says null where it has nothing
final class HeldResponse extends HttpServletResponseWrapper {
    /** Headers that the container writes itself for what is sent. */
    private static final Set<String> OF_THE_CONTAINER =
            Set.of("content-length", "transfer-encoding", "connection", "date", "keep-alive", "trailer", "upgrade");

    private static final String TYPE = "Content-Type";

    private final HeldBody body;
    private final List<Answer.Header> headers = new ArrayList<>();
    private int status = SC_OK;
    private boolean committed;
    private Locale locale = Locale.getDefault();
    private @Nullable String charset;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    HeldResponse(HttpServletResponse response, int limit) {
        super(response);
        this.body = new HeldBody(limit);
    }

    /** The whole answer; empty when it was over the limit. */
    Optional<Answer> answer() {
        if (writer != null) {
            writer.flush();
        }
        if (body.overflown()) {
            return Optional.empty();
        }
        List<Answer.Header> kept = new ArrayList<>(headers);
        kept.removeIf(header -> OF_THE_CONTAINER.contains(header.name().toLowerCase(Locale.ROOT)));
        return Optional.of(new Answer(status, kept, body.seal()));
    }

    /** Nothing when the answer was too long, which is why the handler failed; else its failure. */
    <E extends Exception> Optional<Answer> unlessOverflown(E failure) throws E {
        if (body.overflown()) {
            return Optional.empty();
        }
        throw failure;
    }

    // Status

    @Override
    public void setStatus(int code) {
        if (!committed) {
            status = code;
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void sendError(int code) {
        sendError(code, "");
    }

    @Override
    public void sendError(int code, String message) {
        notCommitted("sendError");
        resetBuffer();
        status = code;
        remove(TYPE);
        committed = true;
    }

    @Override
    public void sendRedirect(String location) {
        sendRedirect(location, SC_FOUND, true);
    }

    /** Of Servlet 6.1. */
    public void sendRedirect(String location, int code) {
        sendRedirect(location, code, true);
    }

    /** Of Servlet 6.1. */
    public void sendRedirect(String location, boolean clear) {
        sendRedirect(location, SC_FOUND, clear);
    }

    /** Of Servlet 6.1. */
    public void sendRedirect(String location, int code, boolean clear) {
        notCommitted("sendRedirect");
        if (clear) {
            resetBuffer();
        }
        setHeader("Location", location);
        status = code;
        committed = true;
    }

    /** Of Servlet 6.2: nothing is sent early. */
    public void sendEarlyHints() {}

    // Headers

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", SetCookie.of(cookie));
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (committed) {
            return;
        }
        if (value == null) {
            remove(name);
        } else if (name.equalsIgnoreCase(TYPE)) {
            setContentType(value);
        } else {
            replace(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (committed) {
            return;
        }
        if (name.equalsIgnoreCase(TYPE)) {
            setContentType(value);
        } else {
            headers.add(new Answer.Header(name, value));
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        setHeader(name, date(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        addHeader(name, date(date));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Answer.Header::value)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Answer.Header::value)
                .toList();
    }

    @Override
    public Collection<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>();
        headers.forEach(header -> names.add(header.name()));
        return names;
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        throw new IllegalStateException("paid path: expected no trailers, saw a handler set them");
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return null;
    }

    // Content

    @Override
    public void setContentType(@Nullable String type) {
        if (committed) {
            return;
        }
        if (type == null) {
            remove(TYPE);
            return;
        }
        int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at >= 0 && writer == null) {
            charset = type.substring(at + "charset=".length())
                    .split(";", 2)[0]
                    .replace("\"", "")
                    .strip();
        }
        replace(TYPE, at < 0 && charset != null ? type + ";charset=" + charset : type);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader(TYPE);
    }

    @Override
    public void setCharacterEncoding(@Nullable String name) {
        if (committed || writer != null) {
            return;
        }
        charset = name;
        String type = getContentType();
        if (type != null) {
            String bare = type.split(";", 2)[0];
            replace(TYPE, name == null ? bare : bare + ";charset=" + name);
        }
    }

    /** Of Servlet 6.1. */
    public void setCharacterEncoding(Charset named) {
        setCharacterEncoding(named.name());
    }

    @Override
    public String getCharacterEncoding() {
        return charset == null ? StandardCharsets.ISO_8859_1.name() : charset;
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setLocale(Locale chosen) {
        locale = chosen;
        setHeader("Content-Language", chosen.toLanguageTag());
    }

    @Override
    public Locale getLocale() {
        return locale;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("response: expected a stream or a writer, saw the writer taken before");
        }
        if (stream == null) {
            stream = new Held(body);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (stream != null) {
            throw new IllegalStateException("response: expected a stream or a writer, saw the stream taken before");
        }
        if (writer == null) {
            setCharacterEncoding(getCharacterEncoding());
            writer = new PrintWriter(new OutputStreamWriter(body, getCharacterEncoding()));
        }
        return writer;
    }

    // Buffer

    @Override
    public void flushBuffer() {
        if (writer != null) {
            writer.flush();
        }
        committed = true;
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    @Override
    public void reset() {
        resetBuffer();
        headers.clear();
        status = SC_OK;
        charset = null;
        stream = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        notCommitted("resetBuffer");
        if (writer != null) {
            writer.flush();
        }
        body.reset();
    }

    @Override
    public void setBufferSize(int size) {}

    @Override
    public int getBufferSize() {
        return Integer.MAX_VALUE;
    }

    private void notCommitted(String what) {
        if (committed) {
            throw new IllegalStateException(what + ": expected a response that is not committed, saw a committed one");
        }
    }

    private void replace(String name, String value) {
        remove(name);
        headers.add(new Answer.Header(name, value));
    }

    private void remove(String name) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    }

    private static String date(long millis) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }

    /** The stream of the held body. */
    private static final class Held extends ServletOutputStream {
        private final HeldBody body;

        Held(HeldBody body) {
            this.body = body;
        }

        @Override
        public void write(int one) throws IOException {
            body.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            body.write(bytes, from, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException(
                    "paid path: expected an answer before the handler returns, saw it begin asynchronous writing");
        }
    }
}
