package com.acme.x402;

import dev.x402.spec.AssetId;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Capability;
import dev.x402.tck.RailControl;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the compatibility kit must know of Acme: a ledger of its own for each rule, on the kit's clock. */
final class AcmeFixture implements SchemeFixture, RailControl {
    private final PaymentScheme scheme;
    private final LocalAcmeWallet payer;
    private final LocalAcmeWallet payee;
    private final LocalAcmeWallet stranger;
    private final LocalAcmeWallet sender;
    private final Ledger ledger;
    private final LedgerServer server;
    private final AcmeFacilitatorConfig facilitator;

    AcmeFixture(PaymentScheme scheme, TckEnvironment env) throws IOException {
        this.scheme = scheme;
        payer = LocalAcmeWallet.generate(env.random());
        payee = LocalAcmeWallet.generate(env.random());
        stranger = LocalAcmeWallet.generate(env.random());
        sender = LocalAcmeWallet.generate(env.random());
        ledger = new Ledger(World.NETWORK, env.clock());
        server = new LedgerServer(ledger);
        facilitator = new AcmeFacilitatorConfig(
                sender, List.of(new HttpAcmeNode(World.NETWORK, server.uri(), env.clock())));
    }

    @Override
    public PaymentScheme scheme() {
        return scheme;
    }

    @Override
    public <T> Optional<T> port(Class<T> type) {
        if (type == AcmeWallet.class) {
            return Optional.of(type.cast(payer));
        }
        return type == AcmeFacilitatorConfig.class ? Optional.of(type.cast(facilitator)) : Optional.empty();
    }

    @Override
    public PaymentRequirements offer() {
        return PaymentRequirements.of(
                new Kind(scheme.name(), World.NETWORK),
                AtomicAmount.of(1_000),
                World.DOLLAR.reference(),
                payee.account(),
                600,
                Json.Obj.EMPTY);
    }

    @Override
    public String payer() {
        return payer.account();
    }

    @Override
    public String stranger() {
        return stranger.account();
    }

    @Override
    public AtomicAmount balance(String account) {
        return ledger.balance(account, World.DOLLAR.reference());
    }

    @Override
    public void fund(String account, AtomicAmount amount) {
        ledger.mint(account, World.DOLLAR.reference(), amount.value().longValueExact());
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        all.removeAll(EnumSet.of(Capability.REPLACES, Capability.REVERSES)); // one attempt a movement; nothing comes back
        if (scheme instanceof MeteredAcme) {
            all.removeAll(EnumSet.of(Capability.FULL_AMOUNT, Capability.STRANGERS)); // only the sender can send it
        }
        return all;
    }

    @Override
    public Collection<Rail> rails() {
        return List.of(new AcmeRail());
    }

    @Override
    public Collection<Asset> assets() {
        List<Asset> assets = new ArrayList<>(new AcmeAssets().assets());
        assets.add(new Asset(new AssetId(World.NETWORK, "copper"), "CU", 0, "", Json.Obj.EMPTY));
        return assets;
    }

    @Override
    public Optional<String> otherAsset() {
        return Optional.of("copper");
    }

    @Override
    public Duration expiryMargin() {
        return Duration.ofSeconds(Rules.MARGIN_SECONDS);
    }

    @Override
    public List<String> secrets() {
        return List.of(payer.secret(), payer.secret().split(":")[1], sender.secret().split(":")[1]);
    }

    @Override
    public RailControl rail() {
        return this;
    }

    @Override
    public void hold() {
        ledger.hold(true);
    }

    @Override
    public void release() {
        ledger.hold(false);
    }

    @Override
    public void drop() {
        ledger.drop();
    }

    @Override
    public void strangerSettles(Payment payment) {
        SignedAuthorization signed = SignedAuthorization.of(payment);
        ledger.land(Transfer.sign(signed, signed.authorization().amount(), stranger));
    }

    /** The payer uses the same nonce for somebody else. */
    @Override
    public void strangerBurns(Payment payment) {
        Authorization right = SignedAuthorization.of(payment).authorization();
        Authorization other = new Authorization(
                right.kind(),
                right.asset(),
                right.from(),
                stranger.account(),
                AtomicAmount.of(1),
                "",
                right.nonce(),
                right.validUntil());
        ledger.land(Transfer.sign(SignedAuthorization.sign(other, payer), other.amount(), payer));
    }

    @Override
    public void loseNextAnswer() {
        server.loseNextAnswer();
    }

    @Override
    public void outage(boolean on) {
        server.outage(on);
    }

    @Override
    public void reorganise(String reference) {
        ledger.forget(reference);
    }

    @Override
    public void close() {
        server.close();
    }
}
