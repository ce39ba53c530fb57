package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** A node behind an address; the address may hold credentials and is never printed. */
final class HttpNode implements EvmRpc.Node {
    static final int MAX_BODY = 4 << 20;
    private static final int OK = 200;

    private final String name;
    private final URI address;
    private final Supplier<HttpClient> http;
    private final Clock clock;

    HttpNode(Network network, URI address, Supplier<HttpClient> http, Clock clock) {
        this.name = network + " at " + address.getScheme().toLowerCase(Locale.ROOT) + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
        this.address = address;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<EvmRpc.Answer> call(List<EvmRpc.Call> calls, Instant by) {
        HttpResponse<byte[]> response = send(RpcJson.write(calls), by);
        if (response.statusCode() != OK) {
            throw new RailUnavailableException(
                    name + ": expected HTTP 200, saw " + response.statusCode() + "; ask again later");
        }
        Json answer =
                RpcJson.read(response.body()).orElseThrow(() -> unexpected("a JSON-RPC answer", "something else"));
        return answers(answer, calls.size());
    }

    @Override
    public String toString() {
        return name;
    }

    private HttpResponse<byte[]> send(String body, Instant by) {
        Duration left = Duration.between(clock.instant(), by);
        if (left.isNegative() || left.isZero()) {
            throw new RailUnavailableException(name + ": the deadline passed before asking; ask again later");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutUserInfo())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(left)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (address.getUserInfo() != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(address.getUserInfo().getBytes(StandardCharsets.UTF_8)));
        }
        try {
            // waits here: an asynchronous call ends on a thread of its own where the machine has two processors
            return http.get()
                    .send(request.build(), head -> new BoundedBody(MAX_BODY, Duration.between(clock.instant(), by)));
        } catch (HttpTimeoutException late) {
            throw new RailUnavailableException(
                    name + ": no answer within " + left.toMillis() + " ms; ask again later", late);
        } catch (IOException failed) {
            Throwable cause = failed.getCause() instanceof IOException inner ? inner : failed;
            throw new RailUnavailableException(
                    name + ": not reached (" + cause.getClass().getSimpleName() + "); ask again later", cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RailUnavailableException(name + ": interrupted while asking", interrupted);
        }
    }

    private URI withoutUserInfo() {
        String userInfo = address.getRawUserInfo();
        return userInfo == null ? address : URI.create(address.toString().replaceFirst("//[^/@]*@", "//"));
    }

    private List<EvmRpc.Answer> answers(Json answer, int expected) {
        if (answer instanceof Json.Obj obj && obj.members().get("error") instanceof Json.Obj error) {
            throw unexpected("an answer to a batch", "an error for all of it, code " + code(error));
        }
        if (!(answer instanceof Json.Arr arr) || arr.elements().size() != expected) {
            throw unexpected("an array of " + expected + " answers", "something else");
        }
        List<EvmRpc.Answer> answers = new ArrayList<>();
        for (int id = 0; id < expected; id++) {
            answers.add(answer(arr, id));
        }
        return answers;
    }

    private EvmRpc.Answer answer(Json.Arr all, int id) {
        for (Json element : all.elements()) {
            if (element instanceof Json.Obj obj
                    && Json.of(id).equals(obj.members().get("id"))) {
                if (obj.members().get("error") instanceof Json.Obj error) {
                    return new EvmRpc.Answer.Refused(
                            code(error), error.text("message").orElse(""));
                }
                return new EvmRpc.Answer.Result(obj.find("result").orElse(Json.Null.NULL));
            }
        }
        throw unexpected("an answer to call " + id, "none");
    }

    private static long code(Json.Obj error) {
        return error.members().get("code") instanceof Json.Num num
                        && num.value().abs().compareTo(RpcJson.MAX_CODE) <= 0
                ? num.value().longValue()
                : 0;
    }

    private RailUnavailableException unexpected(String expected, String seen) {
        return new RailUnavailableException(name + ": expected " + expected + ", saw " + seen + "; ask again later");
    }
}
