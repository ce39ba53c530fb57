package dev.x402.tck.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run from the command line. */
final class CommandLine {
    static final int CONFORMANT = 0;
    static final int NOT_CONFORMANT = 1;
    static final int NOT_JUDGED = 2;

    private final PrintStream out;
    private final PrintStream err;

    CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs and tells the exit status. */
    int run(String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.help()) {
                out.print(Arguments.HELP);
                return CONFORMANT;
            }
            try (JudgedJars jars = JudgedJars.open(arguments)) {
                return judge(arguments, jars);
            }
        } catch (UsageException e) {
            err.println("x402-tck: " + e.getMessage());
            return NOT_JUDGED;
        } catch (IOException e) {
            err.println("x402-tck: a jar could not be closed: " + e.getMessage());
            return NOT_JUDGED;
        }
    }

    private int judge(Arguments arguments, JudgedJars jars) {
        List<Class<?>> kits = arguments.fixtures().map(jars::kits).orElseGet(() -> List.of(PackagingOnly.class));
        jars.unloadable().forEach(line -> err.println("x402-tck: " + line));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(kits.stream().map(DiscoverySelectors::selectClass).toList())
                .configurationParameters(arguments.settings())
                .build();
        Progress progress = new Progress(out);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(jars);
        try {
            LauncherFactory.create(LauncherConfig.builder()
                            .enableLauncherDiscoveryListenerAutoRegistration(false)
                            .enableLauncherSessionListenerAutoRegistration(false)
                            .enablePostDiscoveryFilterAutoRegistration(false)
                            .enableTestExecutionListenerAutoRegistration(false)
                            .build())
                    .execute(request, progress);
        } finally {
            thread.setContextClassLoader(before);
        }
        return status(progress, jars);
    }

    private int status(Progress progress, JudgedJars jars) {
        if (progress.rules() == 0) {
            err.println("x402-tck: no rule ran; is --only the id of a rule, such as X402-VERIFY-05?");
            return NOT_JUDGED;
        }
        if (progress.verdicts().contains("NOT_CONFORMANT")) {
            return NOT_CONFORMANT;
        }
        if (progress.verdicts().contains("NOT_JUDGED")) {
            err.println("x402-tck: nothing was judged of one class or more; the reports say why of each rule");
            return NOT_JUDGED;
        }
        return jars.isWhole() ? CONFORMANT : NOT_JUDGED;
    }
}
