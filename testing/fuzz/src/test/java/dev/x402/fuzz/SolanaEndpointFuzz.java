package dev.x402.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.x402.scheme.exact.svm.SvmFacilitatorConfig;
import dev.x402.scheme.exact.svm.SvmRpc;
import dev.x402.scheme.exact.svm.SvmSettlementPolicy;
import dev.x402.scheme.exact.svm.SvmSigner;
import dev.x402.spec.Codec;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.VerifyResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The body of {@code /verify} on Solana: the node is asked about the one transaction that a payer signed, and no other.
 *
 * <p>Input that does not begin as an object is a transaction, byte by byte, in an honest request.
 */
public final class SolanaEndpointFuzz {
    private static final Kind KIND = new Kind("exact", Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1"));
    private static final VerifyResponse NO = Codec.VERIFY_RESPONSE.read("{\"isValid\":false}".getBytes(UTF_8));
    private static final DeadNode NODE = new DeadNode();
    private static final Plugins PLUGINS = Seller.builder()
            .port(SvmRpc.class, network -> List.of(NODE))
            .port(
                    SvmFacilitatorConfig.class,
                    SvmFacilitatorConfig.of(SvmSettlementPolicy.of(KIND.network(), new FeePayer())))
            .build();
    private static final Asked FACILITATOR = new Asked(PLUGINS);
    private static final byte[] HONEST = honest();
    private static final FacilitatorRequest REQUEST = Codec.FACILITATOR_REQUEST.read(HONEST);
    private static final Bytes SIGNED = signed(REQUEST);

    static {
        if (asks(HONEST) == 0) {
            throw new AssertionError("the corpus: expected a request that reaches the node, saw none");
        }
    }

    private SolanaEndpointFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] body = data.length > 0 && data[0] == '{' ? data : around(data);
        if (asks(body) > 0) {
            Decoding.same(SIGNED, signed(Codec.FACILITATOR_REQUEST.read(body)));
        }
    }

    /** How often the node is asked for a body, which is never found valid. */
    private static int asks(byte[] body) {
        int before = NODE.asked.get();
        Decoding.same(
                false,
                FACILITATOR.body("/verify", body, Codec.VERIFY_RESPONSE, NO).isValid());
        return NODE.asked.get() - before;
    }

    private static byte[] around(byte[] transaction) {
        Json.Obj payload =
                Json.Obj.EMPTY.with("transaction", Base64.getEncoder().encodeToString(transaction));
        return Codec.FACILITATOR_REQUEST.write(new FacilitatorRequest(
                PaymentPayload.of(null, REQUEST.paymentRequirements(), payload),
                REQUEST.paymentRequirements(),
                Json.Obj.EMPTY));
    }

    /** The payer's signature and what it signs; the fee payer's place before them is nobody's yet. */
    private static Bytes signed(FacilitatorRequest request) {
        String text = request.paymentPayload().payload().text("transaction").orElseThrow();
        byte[] transaction = Base64.getDecoder().decode(text);
        return Bytes.of(Arrays.copyOfRange(transaction, 1 + 64, transaction.length));
    }

    private static byte[] honest() {
        try {
            return Files.readAllBytes(Corpus.directory(SolanaEndpointFuzz.class).resolve("request"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Nothing is signed for a verification. */
    private static final class FeePayer implements SvmSigner {
        @Override
        public String address() {
            return "J9H3w5qbNTycEhot4TUq2an5HHtbndxbajuPQu8ghkQ4";
        }

        @Override
        public byte[] sign(byte[] message) {
            throw new AssertionError("a verification signs nothing");
        }
    }

    private static final class DeadNode implements SvmRpc.Node {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public String name() {
            return "dead";
        }

        @Override
        public List<SvmRpc.Answer> call(List<SvmRpc.Call> calls, Instant by) {
            asked.incrementAndGet();
            throw new RailUnavailableException("dead: down");
        }
    }
}
