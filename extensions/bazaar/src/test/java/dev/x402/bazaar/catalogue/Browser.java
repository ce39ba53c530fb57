package dev.x402.bazaar.catalogue;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.testbed.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A headless Chromium with one tab, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String READY = "DevTools listening on ws://";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String LOADED = "Page.loadEventFired";

    private final GuardedProcess process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<Json.Obj>> calls;
    private final Map<String, CompletableFuture<Json.Obj>> events;
    private final AtomicInteger last = new AtomicInteger();

    private Browser(GuardedProcess process, WebSocket socket, Messages messages) {
        this.process = process;
        this.socket = socket;
        calls = messages.calls;
        events = messages.events;
    }

    /** The browser of this machine. */
    static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> List.of(path.split(File.pathSeparator, -1)).stream()
                        .map(folder -> Path.of(folder.isEmpty() ? "." : folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path program, Path profile) throws Exception {
        GuardedProcess.Started started = GuardedProcess.start(
                List.of(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--window-size=800,900",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank"),
                READY,
                PATIENCE);
        String ready = started.readyLine();
        String authority = URI.create(ready.substring(ready.indexOf("ws://"))).getAuthority();
        HttpClient http = HttpClient.newHttpClient();
        String tab = http.send(
                        HttpRequest.newBuilder(URI.create("http://" + authority + "/json/new?about:blank"))
                                .method("PUT", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .body();
        String address = Codec.JSON
                .read(tab.getBytes(StandardCharsets.UTF_8))
                .cursor()
                .member("webSocketDebuggerUrl")
                .text();
        Messages messages = new Messages();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(address), messages)
                .get(60, TimeUnit.SECONDS);
        Browser browser = new Browser(started.process(), socket, messages);
        browser.call("Page.enable", Json.Obj.EMPTY);
        return browser;
    }

    /** Opens a page and waits until it and what it links is loaded. */
    void open(URI page) {
        CompletableFuture<Json.Obj> loaded = new CompletableFuture<>();
        events.put(LOADED, loaded);
        call("Page.navigate", Json.Obj.EMPTY.with("url", page.toString()));
        wait(loaded);
    }

    /** Runs a script before those of every page that is opened from now on. */
    void before(String script) {
        call("Page.addScriptToEvaluateOnNewDocument", Json.Obj.EMPTY.with("source", script));
    }

    /** The value of an expression, or of its promise, as text. */
    String value(String expression) {
        Json.Obj answer = call(
                "Runtime.evaluate",
                Json.object()
                        .put("expression", "Promise.resolve(" + expression + ").then(value => String(value))")
                        .put("awaitPromise", true)
                        .put("returnByValue", true)
                        .build());
        return answer.cursor().member("result").member("value").text();
    }

    private Json.Obj call(String method, Json.Obj parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<Json.Obj> answer = new CompletableFuture<>();
        calls.put(id, answer);
        Json.Obj message = Json.object()
                .put("id", id)
                .put("method", method)
                .put("params", parameters)
                .build();
        wait(socket.sendText(new String(Codec.JSON.write(message), StandardCharsets.UTF_8), true));
        return wait(answer).cursor().member("result").object();
    }

    private static <T> T wait(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        process.close();
    }

    /** Answers by the number of their call, events by their name. */
    private static final class Messages implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<Json.Obj>> calls = new ConcurrentHashMap<>();
        private final Map<String, CompletableFuture<Json.Obj>> events = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean end) {
            text.append(part);
            if (end) {
                Json.Obj message = Codec.JSON
                        .read(text.toString().getBytes(StandardCharsets.UTF_8))
                        .cursor()
                        .object();
                text.setLength(0);
                message.find("id")
                        .map(id -> calls.remove(id.cursor().integer(0)))
                        .ifPresent(answer -> answer.complete(message));
                message.text("method").map(events::remove).ifPresent(event -> event.complete(message));
            }
            return WebSocket.Listener.super.onText(socket, part, end);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            IOException broken = new IOException("the browser's connection broke", failure);
            calls.values().forEach(answer -> answer.completeExceptionally(broken));
            events.values().forEach(event -> event.completeExceptionally(broken));
        }
    }
}
