package dev.x402.interop.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The program that the launchers of {@code e2e-entry} start. */
public final class Entry {
    private Entry() {}

    /** Plays {@code client}, {@code server} or {@code facilitator}, as the first argument says; ends with its launcher. */
    public static void main(String[] arguments) throws Exception {
        endWithTheLauncher();
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        int code = play(arguments.length == 1 ? arguments[0] : "", System.getenv(), out);
        out.flush();
        System.exit(code);
    }

    /** It may be killed, which no child is told. */
    private static void endWithTheLauncher() {
        ProcessHandle.current().parent().map(ProcessHandle::onExit).ifPresent(exit -> {
            CompletableFuture<Void> unused =
                    exit.thenRun(() -> Runtime.getRuntime().halt(143));
        });
    }

    private static int play(String role, Map<String, String> variables, PrintStream out) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Clock clock = Clock.systemUTC();
        switch (role) {
            case "client" -> {
                Json.Obj result = ClientEntry.run(variables, clock);
                out.println(new String(Codec.JSON.write(result), UTF_8));
                return result.find("success").filter(Json.of(true)::equals).isPresent() ? 0 : 1;
            }
            case "server" -> {
                try (ServerEntry server = ServerEntry.start(variables, clock, closed::countDown)) {
                    out.println("Server listening on " + server.uri());
                    closed.await();
                }
            }
            case "facilitator" -> {
                try (FacilitatorEntry facilitator = FacilitatorEntry.start(variables, clock, closed::countDown)) {
                    out.println("Facilitator listening on " + facilitator.uri());
                    closed.await();
                }
            }
            default -> {
                out.println("entry: expected one argument, client, server or facilitator, saw \"" + role + "\"");
                return 2;
            }
        }
        return 0;
    }
}
