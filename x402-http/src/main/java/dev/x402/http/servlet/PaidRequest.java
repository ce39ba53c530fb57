package dev.x402.http.servlet;

import dev.x402.spi.Bytes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import jakarta.servlet.http.PushBuilder;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A paid request: its body was read and is given again; nothing of it can get past the held response. */
final class PaidRequest extends HttpServletRequestWrapper {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final byte[] body;
    private final ServletInputStream stream;
    private final @Nullable LiveResponse live;
    private @Nullable Map<String, String[]> parameters;

    /** With a live response, the answer may come later. */
    PaidRequest(HttpServletRequest request, Bytes body, @Nullable LiveResponse live) {
        super(request);
        this.live = live;
        this.body = body.toArray();
        this.stream = new Replayed(this.body);
    }

    @Override
    public ServletInputStream getInputStream() {
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(stream, charset(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = parameters().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters());
    }

    /** The query's parameters, then those of a form that the container cannot read any more. */
    private Map<String, String[]> parameters() {
        if (parameters == null) {
            Map<String, String[]> read = new LinkedHashMap<>(super.getParameterMap());
            String type = getContentType() == null ? "" : getContentType().toLowerCase(Locale.ROOT);
            if (type.startsWith(FORM)) {
                form(read);
            }
            parameters = read;
        }
        return parameters;
    }

    private void form(Map<String, String[]> read) {
        Charset charset = charset(StandardCharsets.UTF_8);
        for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), charset);
            String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), charset);
            if (!name.isEmpty()) {
                List<String> values = new ArrayList<>(Arrays.asList(read.getOrDefault(name, new String[0])));
                values.add(value);
                read.put(name, values.toArray(String[]::new));
            }
        }
    }

    private Charset charset(Charset otherwise) {
        String named = getCharacterEncoding();
        return named == null ? otherwise : Charset.forName(named);
    }

    @Override
    public boolean isAsyncSupported() {
        return live != null && super.isAsyncSupported();
    }

    @Override
    public AsyncContext startAsync() {
        if (live == null) {
            throw refused("asynchronous processing");
        }
        return startAsync(this, live);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        if (live == null) {
            throw refused("asynchronous processing");
        }
        AsyncContext context = super.startAsync(request, response);
        live.goesOnLater();
        context.addListener(live);
        return context;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) {
        throw refused("an upgrade");
    }

    @Override
    public @Nullable PushBuilder newPushBuilder() {
        return null;
    }

    @Override
    public Collection<Part> getParts() throws ServletException {
        throw new ServletException("paid path: expected no multipart body, saw a handler ask for its parts");
    }

    @Override
    public Part getPart(String name) throws ServletException {
        throw new ServletException("paid path: expected no multipart body, saw a handler ask for its parts");
    }

    private static IllegalStateException refused(String what) {
        return new IllegalStateException(
                "paid path: expected an answer before the handler returns, saw it begin " + what);
    }

    /** The body once more. */
    private static final class Replayed extends ServletInputStream {
        private final ByteArrayInputStream in;

        Replayed(byte[] body) {
            in = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return in.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw refused("asynchronous reading");
        }
    }
}
