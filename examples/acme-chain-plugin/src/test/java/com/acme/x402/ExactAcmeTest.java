package com.acme.x402;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.io.IOException;

/** Every rule of the compatibility kit, against {@link ExactAcme}. */
class ExactAcmeTest implements SchemeConformance {
    @Override
    public SchemeFixture fixture(TckEnvironment env) throws IOException {
        return new AcmeFixture(new ExactAcme(), env);
    }
}
