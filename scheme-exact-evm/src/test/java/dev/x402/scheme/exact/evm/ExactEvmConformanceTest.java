package dev.x402.scheme.exact.evm;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import dev.x402.testbed.evm.EvmNode;
import java.io.IOException;

/** Every rule of the compatibility kit, against the scheme on a real node, which begins anew for each rule. */
class ExactEvmConformanceTest implements SchemeConformance {
    /** One for the JVM, with which it ends; mutation testing runs the class again for each mutant. */
    private static final EvmNode NODE = EvmNode.start();

    @Override
    public SchemeFixture fixture(TckEnvironment env) throws IOException {
        NODE.reset();
        return new ExactEvmFixture(NODE, env);
    }
}
