package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A node that says yes to every transfer, keeps what it was asked, and fails on demand. */
final class FakeNode implements EvmRpc, EvmRpc.Node {
    final List<List<String>> asked = new ArrayList<>();
    private final String name;
    String chainId = "0x14a34";
    boolean down;

    FakeNode(String name) {
        this.name = name;
    }

    FakeNode() {
        this("fake");
    }

    @Override
    public List<Node> nodes(Network network) {
        return List.of(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Answer> call(List<Call> calls, Instant by) {
        asked.add(calls.stream().map(Call::method).toList());
        if (down) {
            throw new RailUnavailableException(name + ": down");
        }
        return calls.stream().map(this::answer).toList();
    }

    private Answer answer(Call call) {
        if (call.method().equals("eth_chainId")) {
            return new Answer.Result(Json.of(chainId));
        }
        if (call.method().equals("eth_getBlockByNumber")) {
            return new Answer.Result(
                    call.params().get(0).equals(Json.of("latest"))
                            ? Json.Obj.EMPTY
                                    .with("number", "0x10")
                                    .with("timestamp", "0x1")
                                    .with("baseFeePerGas", "0x1")
                            : Json.Null.NULL);
        }
        Json.Obj request = (Json.Obj) call.params().get(0);
        String data = request.text("data").orElseThrow();
        if (data.startsWith("0x70a08231")) {
            return new Answer.Result(Json.of(Hex.of(Hex.word(BigInteger.TEN.pow(30)))));
        }
        return new Answer.Result(Json.of(data.startsWith("0xe3ee160e") ? "0x" : Hex.of(new byte[32])));
    }
}
