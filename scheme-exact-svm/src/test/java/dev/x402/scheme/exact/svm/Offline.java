package dev.x402.scheme.exact.svm;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Asset;
import dev.x402.spi.PayContext;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The payer's and the payee's side and the judge at a fixed time, without a node. */
final class Offline implements SchemeContext {
    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    static final Network NETWORK = Network.parse("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    static final Kind KIND = new Kind("exact", NETWORK);
    static final String USDC = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";

    /** Registered without its program, as a stranger's source would name it. */
    static final String DOLLAR_2022 = "6LMWGPGERDz2jEWyRcFzpqHX1M4zkcDcQtY8ZNFHY6n7";

    static final Blockhash BLOCKHASH = blockhash("1");

    final ExactSvmScheme scheme = new ExactSvmScheme();
    final Judge judge = judge(Limits.DEFAULT);

    static Blockhash blockhash(String name) {
        return new Blockhash(SvmAddress.at(Pda.sha256(("block " + name).getBytes(StandardCharsets.UTF_8)), 0));
    }

    Judge judge(Limits limits) {
        FeePayers ours =
                new FeePayers(Set.of(Keys.address(Keys.FEE_PAYER), Keys.address(Keys.OTHER_FEE_PAYER)), limits);
        return new Judge(this, network -> network.equals(NETWORK) ? Optional.of(ours) : Optional.empty());
    }

    ExactSvmClient client(SvmSigner signer, PayerReads... reads) {
        return new ExactSvmClient(signer, Stream.of(reads).findFirst(), this);
    }

    static PaymentRequirements draft(long amount) {
        return draft(amount, USDC);
    }

    static PaymentRequirements draft(long amount, String asset) {
        return PaymentRequirements.of(KIND, AtomicAmount.of(amount), asset, Keys.PAYEE.address(), 60, Json.Obj.EMPTY);
    }

    static SupportedKind kind() {
        return new SupportedKind(
                "exact", NETWORK, Json.Obj.EMPTY.with("feePayer", Keys.FEE_PAYER.address()), Json.Obj.EMPTY);
    }

    /** As a seller with a node completes it. */
    PaymentRequirements offer(long amount) {
        return offer(draft(amount));
    }

    PaymentRequirements offer(PaymentRequirements draft) {
        return new ExactSvmServer(Optional.of(new FakeChain()), this).complete(draft, kind(), NOW);
    }

    Payment pay(PaymentRequirements offer) {
        Json.Obj payload = client(Keys.PAYER, new FakeChain())
                .pay(offer, new PayContext(Json.Obj.EMPTY, offer.amount(), NOW))
                .payload();
        return payment(offer, payload);
    }

    static Payment payment(PaymentRequirements offer, Json.Obj payload) {
        return Payment.of(PaymentPayload.of(null, offer, payload), offer);
    }

    static Payment payment(PaymentRequirements offer, String transaction) {
        return payment(offer, Json.Obj.EMPTY.with("transaction", transaction));
    }

    @Override
    public Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Override
    public SecureRandom random() {
        return new SecureRandom();
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        Asset dollar = new Asset(new AssetId(NETWORK, DOLLAR_2022), "USD22", 6, "USD", Json.Obj.EMPTY);
        return Stream.concat(new SvmAssets().assets().stream(), List.of(dollar).stream())
                .filter(asset -> asset.id().equals(id))
                .findFirst();
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        return Optional.empty();
    }
}
