package dev.x402.scheme.exact.svm;

import dev.x402.tck.SchemeConformance;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import dev.x402.testbed.svm.SvmNode;
import java.io.IOException;

/** Every rule of the compatibility kit, against the scheme on a real VM, which begins anew for each rule. */
class ExactSvmConformanceTest implements SchemeConformance {
    /** One for the JVM, with which it ends; mutation testing runs the class again for each mutant. */
    private static final SvmNode NODE = SvmNode.start();

    @Override
    public SchemeFixture fixture(TckEnvironment env) throws IOException {
        NODE.reset();
        return new ExactSvmFixture(NODE, env);
    }
}
