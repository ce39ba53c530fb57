package dev.x402.benchmarks.load;

import dev.x402.scheme.exact.evm.EvmSigner;
import dev.x402.scheme.exact.evm.LocalEvmSigner;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PayContext;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.TestDollar;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Twenty payers with money, and the payments that they sign before anything is measured. */
final class Purses implements AutoCloseable {
    static final BigInteger AMOUNT = BigInteger.valueOf(1_000);

    private static final int PAYERS = 20;
    private static final Duration AHEAD = Duration.ofHours(12);
    private static final BigInteger FIRST_KEY = BigInteger.TWO.pow(250);

    private final List<Plugins> wallets = new ArrayList<>();
    private final PaymentRequirements offer;

    /** Gives the payers their money on a node. */
    Purses(EvmNode node, Clock clock) {
        Network network = Network.parse(node.network());
        Kind kind = new Kind("exact", network);
        // Blocks by the hundred a second take the chain's clock ahead of ours: what is signed must outlive that.
        Clock ahead = Clock.offset(clock, AHEAD);
        for (int i = 0; i < PAYERS; i++) {
            EvmSigner signer =
                    LocalEvmSigner.parse(String.format(Locale.ROOT, "%064x", FIRST_KEY.add(BigInteger.valueOf(i))));
            wallets.add(Plugins.builder()
                    .discover()
                    .port(EvmSigner.class, signer)
                    .clock(ahead)
                    .build());
            node.dollar().mint(signer.address(), DevAccounts.FUNDS);
        }
        offer = PaymentRequirements.of(
                kind,
                new AtomicAmount(AMOUNT),
                TestDollar.ADDRESS,
                DevAccounts.PAYEE.address(),
                Math.toIntExact(AHEAD.toSeconds()),
                Json.Obj.EMPTY.with("name", TestDollar.NAME).with("version", TestDollar.VERSION));
    }

    /**
     * A signed payment.
     *
     * @param request as a facilitator takes it
     * @param callData as the token takes it
     */
    record Payment(String request, String callData) {}

    /** Payments that nobody made before, of each payer in turn. */
    List<Payment> sign(int number) {
        List<SchemeClient> clients =
                wallets.stream().map(wallet -> wallet.client(offer.kind())).toList();
        PayContext context = new PayContext(Json.Obj.EMPTY, offer.amount(), Instant.MAX);
        return IntStream.range(0, number)
                .parallel()
                .mapToObj(
                        i -> payment(clients.get(i % PAYERS).pay(offer, context).payload()))
                .toList();
    }

    @Override
    public void close() {
        wallets.forEach(Plugins::close);
    }

    private Payment payment(Json.Obj proof) {
        FacilitatorRequest request =
                new FacilitatorRequest(PaymentPayload.of(null, offer, proof), offer, Json.Obj.EMPTY);
        return new Payment(
                new String(Codec.FACILITATOR_REQUEST.write(request), StandardCharsets.UTF_8), callData(proof));
    }

    /** The call of {@code transferWithAuthorization} with v, r and s. */
    private static String callData(Json.Obj proof) {
        Json.Obj authorization = (Json.Obj) proof.find("authorization").orElseThrow();
        String signature = proof.text("signature").orElseThrow();
        StringBuilder data = new StringBuilder("0xe3ee160e");
        for (String account : List.of("from", "to")) {
            data.append("0".repeat(24))
                    .append(text(authorization, account).substring(2).toLowerCase(Locale.ROOT));
        }
        for (String number : List.of("value", "validAfter", "validBefore")) {
            data.append(String.format(Locale.ROOT, "%064x", new BigInteger(text(authorization, number))));
        }
        byte[] bytes = HexFormat.of().parseHex(signature.substring(2));
        return data.append(text(authorization, "nonce").substring(2))
                .append(String.format(Locale.ROOT, "%064x", bytes[64]))
                .append(signature, 2, 130)
                .toString();
    }

    private static String text(Json.Obj members, String name) {
        return members.text(name).orElseThrow();
    }
}
