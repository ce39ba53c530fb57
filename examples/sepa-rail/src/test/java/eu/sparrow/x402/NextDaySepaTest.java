package eu.sparrow.x402;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;

/** Every rule of the compatibility kit, for a debit that settles on the next day and may be refunded. */
class NextDaySepaTest implements SchemeConformance {
    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        return new SepaFixture(Speed.NEXT_DAY, env);
    }
}
