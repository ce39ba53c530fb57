package eu.sparrow.x402;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;

/** Every rule of the compatibility kit, for an instant transfer. */
class InstantSepaTest implements SchemeConformance {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new SepaFixture(Speed.INSTANT, env);
    }
}
