package dev.x402.identifier;

import dev.x402.spec.Json;
import dev.x402.spi.PaymentExtension;
import dev.x402.tck.Capability;
import dev.x402.tck.ExtensionConformance;
import dev.x402.tck.ExtensionFixture;
import dev.x402.tck.TckEnvironment;
import java.util.Optional;
import java.util.Set;

/** The extension holds every rule of the kit. */
final class IdentifierRulesTest implements ExtensionConformance {
    @Override
    public ExtensionFixture extension(TckEnvironment env) {
        return new ExtensionFixture() {
            @Override
            public PaymentExtension extension() {
                return new PaymentIdentifier();
            }

            @Override
            public Set<Capability> capabilities() {
                return Set.of(Capability.CLIENT, Capability.SERVER);
            }

            @Override
            public Optional<Json> declared() {
                return Optional.of(PaymentIdentifier.required());
            }
        };
    }
}
