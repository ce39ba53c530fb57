package dev.x402.tck.stamp;

import dev.x402.spi.PaymentExtension;
import dev.x402.tck.Capability;
import dev.x402.tck.ExtensionFixture;
import java.util.Set;

/** The stamp for the kit. */
public final class StampFixture implements ExtensionFixture {
    private final StampFlaw flaw;

    public StampFixture(StampFlaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public PaymentExtension extension() {
        return new Stamp(flaw);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.CLIENT, Capability.SERVER, Capability.FACILITATOR);
    }
}
