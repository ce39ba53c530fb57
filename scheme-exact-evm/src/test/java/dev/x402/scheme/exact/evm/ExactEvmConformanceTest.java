package dev.x402.scheme.exact.evm;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import dev.x402.testbed.evm.EvmNodeExtension;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every rule of the compatibility kit, against the scheme on a real node, which goes back after each rule. */
class ExactEvmConformanceTest implements SchemeConformance {
    @RegisterExtension
    static final EvmNodeExtension NODE = new EvmNodeExtension();

    @Override
    public SchemeFixture fixture(TckEnvironment env) throws IOException {
        return new ExactEvmFixture(NODE.node(), env);
    }
}
