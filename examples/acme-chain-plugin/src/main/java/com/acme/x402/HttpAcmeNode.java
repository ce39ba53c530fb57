package com.acme.x402;

import dev.x402.spec.Codec;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A node over HTTP. */
public final class HttpAcmeNode implements AcmeNode {
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final Network network;
    private final URI uri;
    private final Clock clock;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A node at an address such as {@code http://localhost:7070}. */
    public HttpAcmeNode(Network network, URI uri, Clock clock) {
        this.network = network;
        this.uri = uri;
        this.clock = clock;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public View look(String payer, String nonce, String asset, Instant by) {
        String path = "/authorizations/" + payer + "/" + nonce + "?asset=" + asset;
        byte[] answer = send(HttpRequest.newBuilder(uri.resolve(path)), by);
        try {
            return view(JsonCursor.at("", Codec.JSON.read(answer)));
        } catch (MalformedMessageException malformed) {
            throw new RailUnavailableException(network + ": the node's answer is none: " + malformed.getMessage());
        }
    }

    @Override
    public void send(byte[] transaction, Instant by) {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(transaction);
        send(HttpRequest.newBuilder(uri.resolve("/transactions")).POST(body), by);
    }

    private byte[] send(HttpRequest.Builder request, Instant by) {
        Duration left = Duration.between(clock.instant(), by);
        if (left.isNegative() || left.isZero()) {
            throw new RailUnavailableException(network + ": no time is left to ask the node");
        }
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(left).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] answer = body.readNBytes(LONGEST_ANSWER + 1);
                if (response.statusCode() != 200 || answer.length > LONGEST_ANSWER) {
                    throw new RailUnavailableException(network + ": expected 200 and at most " + LONGEST_ANSWER
                            + " bytes from the node, saw " + response.statusCode() + " and " + answer.length);
                }
                return answer;
            }
        } catch (IOException e) {
            throw new RailUnavailableException(network + ": the node does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RailUnavailableException(network + ": interrupted while the node was asked", e);
        }
    }

    private static View view(JsonCursor at) {
        return new View(
                at.member("finalHeight").amount().value().longValueExact(),
                Instant.ofEpochMilli(at.member("finalTime").amount().value().longValueExact()),
                at.member("balance").amount(),
                Set.copyOf(at.member("waiting").texts()),
                at.optional("used").map(HttpAcmeNode::used));
    }

    private static Used used(JsonCursor at) {
        return new Used(
                at.member("transaction").id(),
                at.member("height").amount().value().longValueExact(),
                at.member("to").id(),
                at.member("asset").id(),
                at.member("amount").amount());
    }
}
