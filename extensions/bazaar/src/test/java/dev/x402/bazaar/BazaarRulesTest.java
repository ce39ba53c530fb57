package dev.x402.bazaar;

import dev.x402.spec.Json;
import dev.x402.spi.PaymentExtension;
import dev.x402.tck.Capability;
import dev.x402.tck.ExtensionFixture;
import dev.x402.tck.ExtensionRules;
import dev.x402.tck.TckEnvironment;
import java.util.Optional;
import java.util.Set;

/** The extension holds every rule of the kit for extensions; those of jars know none with an HTTP side. */
final class BazaarRulesTest implements ExtensionRules {
    @Override
    public ExtensionFixture extension(TckEnvironment env) {
        Prober prober = Prober.builder(new MemoryListings(), env.clock()).build();
        return new ExtensionFixture() {
            @Override
            public PaymentExtension extension() {
                return new BazaarExtension();
            }

            @Override
            public Set<Capability> capabilities() {
                return Set.of(Capability.SERVER, Capability.FACILITATOR);
            }

            @Override
            public <T> Optional<T> port(Class<T> type) {
                return type == Prober.class ? Optional.of(type.cast(prober)) : Optional.empty();
            }

            @Override
            public Optional<Json> declared() {
                return Declaration.query().build().find("bazaar");
            }
        };
    }
}
