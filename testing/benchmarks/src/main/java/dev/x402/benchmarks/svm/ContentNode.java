package dev.x402.benchmarks.svm;

import dev.x402.scheme.exact.svm.SvmRpc;
import dev.x402.spec.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A node that answers at once, without looking, that all is well. */
final class ContentNode implements SvmRpc.Node {
    private static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static final SvmRpc.Answer GENESIS =
            new SvmRpc.Answer.Result(Json.of("EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG"));
    private static final SvmRpc.Answer TIP = new SvmRpc.Answer.Result(
            Json.object().put("absoluteSlot", 100).put("blockHeight", 90).build());
    private static final SvmRpc.Answer SIMULATED =
            valued(Json.object().put("err", Json.Null.NULL).build());

    private final SvmRpc.Answer accounts;

    /**
     * A node on which everybody is rich.
     *
     * @param mint the dollar, 32 bytes
     */
    ContentNode(byte[] mint) {
        ByteBuffer purse =
                ByteBuffer.allocate(165).order(ByteOrder.LITTLE_ENDIAN).put(mint);
        purse.putLong(64, Long.MAX_VALUE).put(108, (byte) 1);
        byte[] dollar = new byte[82];
        dollar[44] = 6;
        dollar[45] = 1;
        accounts = valued(new Json.Arr(Stream.of(
                        account(TOKEN, dollar),
                        account(TOKEN, purse.array()),
                        account(TOKEN, purse.array()),
                        account("11111111111111111111111111111111", new byte[0]))
                .toList()));
    }

    @Override
    public String name() {
        return "content";
    }

    @Override
    public List<SvmRpc.Answer> call(List<SvmRpc.Call> calls, Instant by) {
        return calls.stream().map(this::answer).toList();
    }

    private SvmRpc.Answer answer(SvmRpc.Call call) {
        return switch (call.method()) {
            case "simulateTransaction" -> SIMULATED;
            case "getMultipleAccounts" -> accounts;
            case "getEpochInfo" -> TIP;
            case "getGenesisHash" -> GENESIS;
            default -> throw new IllegalArgumentException("nobody should ask for " + call.method());
        };
    }

    private static SvmRpc.Answer valued(Json value) {
        return new SvmRpc.Answer.Result(Json.object()
                .put("context", Json.object().put("slot", 100).build())
                .put("value", value)
                .build());
    }

    private static Json account(String owner, byte[] data) {
        return Json.object()
                .put("owner", owner)
                .put("lamports", 1_000_000_000_000L)
                .put("data", Json.array(Json.of(Base64.getEncoder().encodeToString(data)), Json.of("base64")))
                .build();
    }
}
