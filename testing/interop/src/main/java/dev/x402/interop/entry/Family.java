package dev.x402.interop.entry;

import dev.x402.core.seller.WayToPay;
import dev.x402.spi.plugins.Plugins;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The networks of one protocol family, as the suite configures them. */
interface Family {
    /** The families that the environment configures; one without a network of its own has the suite's. */
    static List<Family> of(Surroundings surroundings) {
        return List.of(new EvmFamily(surroundings), new SvmFamily(surroundings));
    }

    /** Under which path the suite expects the priced resource. */
    String path();

    /** How the resource is paid; empty when nobody is to be paid on this family. */
    Optional<WayToPay> sells();

    /** Adds what a seller can use. */
    void serves(Plugins.Builder plugins, Clock clock);

    /** Adds what a payer needs. */
    void pays(Plugins.Builder plugins, Clock clock);

    /** Adds what a facilitator needs. */
    void settles(Plugins.Builder plugins, Clock clock);
}
