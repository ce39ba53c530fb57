package dev.x402.tck.cli;

import dev.x402.tck.PackagingRules;
import dev.x402.tck.SchemeFixture;
import dev.x402.tck.TckEnvironment;
import java.util.List;

/** A jar that comes without a fixture: its packaging is judged. */
public final class PackagingOnly implements PackagingRules {
    /** Made by JUnit. */
    public PackagingOnly() {}

    @Override
    public SchemeFixture fixture(TckEnvironment env) {
        if (Thread.currentThread().getContextClassLoader() instanceof JudgedJars jars
                && jars.artifact().isPresent()) {
            return SchemeFixture.dataOnly(jars.artifact().get(), List.of(), List.of());
        }
        throw new IllegalStateException("expected to run on a jar that the command line named");
    }
}
