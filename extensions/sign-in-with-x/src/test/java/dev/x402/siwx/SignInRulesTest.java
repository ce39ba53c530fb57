package dev.x402.siwx;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.tck.Capability;
import dev.x402.tck.ExtensionConformance;
import dev.x402.tck.ExtensionFixture;
import dev.x402.tck.TckEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The extension holds every rule of the kit. */
final class SignInRulesTest implements ExtensionConformance {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final PaymentRequirements OFFER = PaymentRequirements.of(
            new Kind("exact", World.BASE), AtomicAmount.of(1_000), "0xcoin", "0xpayee", 60, Json.Obj.EMPTY);

    @Override
    public ExtensionFixture extension(TckEnvironment env) {
        World world = new World();
        world.ethereum.holding("0xALICE");
        Map<Class<?>, Object> ports = Map.of(
                PayerSessions.class,
                PayerSessions.inMemory(),
                SignInSettings.class,
                SignInSettings.builder("https://seller.example")
                        .secret(Bytes.of(SECRET.getBytes(StandardCharsets.US_ASCII)))
                        .plan("report", Plan.calls(3))
                        .build());
        return new ExtensionFixture() {
            @Override
            public PaymentExtension extension() {
                return new SignInWithX();
            }

            @Override
            public Set<Capability> capabilities() {
                return Set.of(Capability.CLIENT, Capability.SERVER);
            }

            @Override
            public <T> Optional<T> port(Class<T> type) {
                return Optional.ofNullable(ports.get(type)).map(type::cast);
            }

            @Override
            public PaymentRequirements offer() {
                return OFFER;
            }

            @Override
            public Optional<Accounts> accounts(Network network) {
                return world.accounts(network);
            }

            @Override
            public List<String> secrets() {
                return List.of(SECRET);
            }
        };
    }
}
