package dev.x402.tck;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.spi.RailNetwork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules for the jar or folder that a plugin is shipped in. */
public interface PackagingRules extends RuleKit {
    /** Service files register plugins that are there. */
    @SpecRule(
            id = "X402-PACKAGING-01",
            level = Level.MUST,
            spec = "SPI, discovery",
            derived = "a plugin is found by its service file; a line without a class stops the application's start",
            intent = "service files register at least one plugin, and every class that they name is there",
            does = "reads META-INF/services and looks for each class",
            causes = {"no service file", "a class was renamed", "the annotation processor did not run"})
    default void packaging_01_serviceFilesNameClassesThatAreThere(Bench bench) {
        Packaged plugin = bench.packaged();
        List<Packaged.Line> lines = plugin.lines();
        bench.check(!lines.isEmpty(), "read META-INF/services", "at least one plugin", "none");
        for (Packaged.Line line : lines) {
            bench.check(plugin.load(line).isPresent(), "looked for " + line, "a class", "none");
        }
    }

    /** Plugins can be made without arguments. */
    @SpecRule(
            id = "X402-PACKAGING-02",
            level = Level.MUST,
            spec = "SPI, discovery",
            derived = "ServiceLoader makes a plugin by its public constructor without arguments",
            intent = "each plugin is a public class of its service with a public constructor without arguments",
            does = "makes each plugin that a service file names",
            causes = {"a constructor with arguments", "a class that is not public", "a constructor that throws"})
    default void packaging_02_pluginsCanBeMade(Bench bench) {
        Packaged plugin = bench.packaged();
        for (Packaged.Line line : plugin.lines()) {
            plugin.load(line).ifPresent(type -> made(bench, line, type));
        }
    }

    private static void made(Bench bench, Packaged.Line line, Class<?> type) {
        String step = "made " + line;
        bench.check(
                line.service().isAssignableFrom(type),
                step,
                "a " + line.service().getSimpleName(),
                "a class that is none");
        bench.check(Modifier.isPublic(type.getModifiers()), step, "a public class", "one that is not public");
        try {
            type.getConstructor().newInstance();
        } catch (NoSuchMethodException absent) {
            throw new RuleViolation(step, "a public constructor without arguments", "none");
        } catch (InvocationTargetException broken) {
            throw new RuleViolation(
                    step, "a plugin", "the constructor threw " + Thrown.told(broken.getTargetException()));
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw new RuleViolation(step, "a plugin", "threw " + Thrown.told(broken));
        }
    }

    /** A scheme's name is legal and lasts. */
    @SpecRule(
            id = "X402-PACKAGING-03",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "name and networks are the key of every look-up",
            intent = "a scheme's name is legal, and name and networks are the same in each instance",
            does = "makes each scheme twice and compares",
            causes = {"upper case or a space in the name", "a name from configuration"})
    default void packaging_03_namesAreLegalAndLast(Bench bench) {
        Packaged plugin = bench.packaged();
        List<PaymentScheme> first = plugin.plugins(PaymentScheme.class);
        List<PaymentScheme> second = plugin.plugins(PaymentScheme.class);
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i).name();
            bench.check(name.matches("[a-z0-9-]{1,32}"), "read a scheme's name", "[a-z0-9-]{1,32}", "\"" + name + "\"");
            bench.check(
                    name.equals(second.get(i).name())
                            && first.get(i).networks().equals(second.get(i).networks()),
                    "made the scheme " + name + " twice",
                    "the same name and networks",
                    second.get(i).name() + " on " + second.get(i).networks());
        }
    }

    /** No two plugins of one jar claim the same. */
    @SpecRule(
            id = "X402-PACKAGING-04",
            level = Level.MUST,
            spec = "SPI, discovery",
            derived = "two plugins for one key stop the application's start",
            intent = "no two schemes serve one name and pattern, no two rails one network, no two extensions one key",
            does = "compares the schemes, rails and extensions of the service files",
            causes = {"a class is named twice", "an old class is still registered"})
    default void packaging_04_nothingIsClaimedTwice(Bench bench) {
        Packaged plugin = bench.packaged();
        Set<String> schemes = new HashSet<>();
        for (PaymentScheme scheme : plugin.plugins(PaymentScheme.class)) {
            String key = scheme.name() + " on " + scheme.networks();
            bench.check(schemes.add(key), "compared the schemes", "each key once", key + " twice");
        }
        Set<Network> networks = new HashSet<>();
        for (Rail rail : plugin.plugins(Rail.class)) {
            for (RailNetwork network : rail.networks()) {
                bench.check(
                        networks.add(network.id()), "compared the rails", "each network once", network.id() + " twice");
            }
        }
        Set<String> keys = new HashSet<>();
        for (PaymentExtension extension : plugin.plugins(PaymentExtension.class)) {
            bench.check(
                    keys.add(extension.key()), "compared the extensions", "each key once", extension.key() + " twice");
        }
    }

    /** A plugin uses the words and the contracts, nothing behind them. */
    @SpecRule(
            id = "X402-PACKAGING-05",
            level = Level.MUST,
            spec = "SPI, modules",
            derived = "an application has the modules it chose; a plugin that needs more fails in it when it is used",
            intent = "of the framework, classes use dev.x402.spec and dev.x402.spi only",
            does = "reads the names of classes in every class file",
            causes = {"a class of the core or of another scheme is convenient", "test classes are in the jar"})
    default void packaging_05_onlySpecAndSpiAreUsed(Bench bench) {
        Packaged plugin = bench.packaged();
        Set<String> own = plugin.classes().keySet();
        plugin.classes()
                .forEach((name, file) -> file.references().stream()
                        .filter(used -> used.startsWith("dev.x402."))
                        .filter(used -> !own.contains(used))
                        .filter(used -> !used.startsWith("dev.x402.spec.") && !used.startsWith("dev.x402.spi."))
                        .findFirst()
                        .ifPresent(used -> {
                            throw new RuleViolation(
                                    "read the names of classes in " + name, "dev.x402.spec and dev.x402.spi", used);
                        }));
    }

    /** A plugin puts no class into the framework's packages. */
    @SpecRule(
            id = "X402-PACKAGING-06",
            level = Level.MUST,
            spec = "SPI, modules",
            derived = "a second copy of a contract is another class: the plugin is then no plugin, or hides ours",
            intent = "no class stands in a package of the framework",
            does = "reads the packages of every class file",
            causes = {"the SPI is shaded into the jar", "a class was put beside a package-private one"})
    default void packaging_06_theFrameworksPackagesAreLeftAlone(Bench bench) {
        for (String name : bench.packaged().classes().keySet()) {
            String folder = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            bench.check(
                    !folder.matches("dev\\.x402\\.(spec|spec\\.v1|spi|spi\\.plugins|core(\\..*)?|http(\\..*)?|tck)"),
                    "read the package of every class",
                    "packages of its own",
                    name);
        }
    }

    /** Classes run on the oldest Java that is served. */
    @SpecRule(
            id = "X402-PACKAGING-07",
            level = Level.MUST,
            spec = "SPI, modules",
            derived = "the framework runs on Java 17; a class for a newer one stops the application there",
            intent = "every class runs on Java 17",
            does = "reads the version of every class file",
            causes = {"the compiler's release is not set to 17"})
    default void packaging_07_classesRunOnJava17(Bench bench) {
        bench.packaged()
                .classes()
                .forEach((name, file) -> bench.check(
                        file.major() <= 61,
                        "read the version of " + name,
                        "61, which is Java 17, or less",
                        String.valueOf(file.major())));
    }

    /** A plugin keeps nothing in static fields. */
    @SpecRule(
            id = "X402-PACKAGING-08",
            level = Level.SHOULD,
            spec = "SPI, lifecycle",
            derived = "two registries in one JVM share a static field, so that one application's port pays another's",
            intent = "no static field can be written",
            does = "reads the static fields of every class file",
            causes = {"a cache or a logger that is not final"})
    default void packaging_08_nothingIsKeptInStaticFields(Bench bench) {
        bench.packaged()
                .classes()
                .forEach((name, file) -> bench.check(
                        file.writableStatics().isEmpty(),
                        "read the static fields of " + name,
                        "final ones",
                        String.join(", ", file.writableStatics())));
    }

    /** A jar has a module name that lasts. */
    @SpecRule(
            id = "X402-PACKAGING-09",
            level = Level.SHOULD,
            spec = "SPI, modules",
            derived = "without one, the name of the file decides what a modular application must require",
            intent = "a jar has a module descriptor or an Automatic-Module-Name",
            does = "looks for module-info.class and for the entry of the manifest",
            causes = {"neither was thought of"})
    default void packaging_09_aJarHasAModuleName(Bench bench) {
        Packaged plugin = jar(bench);
        bench.check(
                plugin.names().stream().anyMatch(name -> name.endsWith("module-info.class"))
                        || plugin.manifest("Automatic-Module-Name").isPresent(),
                "looked for a module name",
                "module-info.class, or Automatic-Module-Name in the manifest",
                "neither");
    }

    /** A jar says what may be done with it. */
    @SpecRule(
            id = "X402-PACKAGING-10",
            level = Level.SHOULD,
            spec = "SPI, modules",
            derived = "nobody may ship a plugin whose licence they cannot read",
            intent = "a jar holds its licence or names it",
            does = "looks for a licence file and for Bundle-License in the manifest",
            causes = {"the licence is only in the repository"})
    default void packaging_10_aJarHoldsItsLicence(Bench bench) {
        Packaged plugin = jar(bench);
        Optional<String> file = plugin.names().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).matches("(META-INF/)?LICEN[CS]E(\\..*)?"))
                .findFirst();
        bench.check(
                file.isPresent() || plugin.manifest("Bundle-License").isPresent(),
                "looked for a licence",
                "META-INF/LICENSE, or Bundle-License in the manifest",
                "neither");
    }

    private static Packaged jar(Bench bench) {
        Packaged plugin = bench.packaged();
        if (!plugin.isJar()) {
            throw bench.notApplicable("a folder of classes, whose jar is made later");
        }
        return plugin;
    }
}
