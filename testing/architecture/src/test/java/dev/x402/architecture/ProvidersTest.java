package dev.x402.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Service files, annotations and module descriptors tell one story. */
final class ProvidersTest {
    private static final String AUTO_SERVICE = "com.google.auto.service.AutoService";

    private static Repository repository;
    private static MainClasses classes;

    @BeforeAll
    static void read() {
        repository = Repository.open();
        classes = MainClasses.of(repository.real());
    }

    @Test
    void service_files_name_what_the_annotations_name() {
        Report report = new Report("service-files");
        classes.byModule().forEach((module, types) -> {
            Map<String, Set<String>> annotated = new TreeMap<>();
            types.forEach(type -> services(type)
                    .forEach(s ->
                            annotated.computeIfAbsent(s, k -> new TreeSet<>()).add(type.getName())));
            Map<String, Set<String>> written = written(module);
            written.values().forEach(names -> names.forEach(name -> report.looked()));
            if (!annotated.equals(written)) {
                report.found(module.artifact(), "annotated are " + annotated + ", service files say " + written);
            }
        });
        report.passes(5, "providers");
        assertAllSeen(report);
    }

    @Test
    void module_descriptors_provide_what_the_service_files_name() throws IOException {
        Report report = new Report("module-provides");
        for (Module module : repository.real()) {
            Optional<ModuleDescriptor> descriptor = descriptor(module);
            if (descriptor.isEmpty()) {
                continue;
            }
            report.looked();
            Map<String, Set<String>> provided = new TreeMap<>();
            descriptor.get().provides().forEach(p -> provided.put(p.service(), new TreeSet<>(p.providers())));
            if (!provided.equals(written(module))) {
                report.found(
                        module.artifact(),
                        "module-info provides " + provided + ", service files say " + written(module));
            }
        }
        report.passes(4, "descriptors");
    }

    @Test
    void every_published_module_has_a_stable_module_name() throws IOException {
        Report report = new Report("module-names");
        for (Module module : repository.published()) {
            report.looked();
            Optional<ModuleDescriptor> descriptor = descriptor(module);
            String expected =
                    "dev.x402." + module.artifact().replaceFirst("^x402-", "").replace('-', '.');
            String name = descriptor.isPresent() ? descriptor.get().name() : automaticName(module);
            if (!name.equals(expected)) {
                report.found(module.artifact(), "is named '" + name + "', expected '" + expected + "'");
            }
        }
        report.passes(5, "modules");
    }

    @Test
    void every_provider_can_be_made() {
        Report report = new Report("providers");
        classes.byModule()
                .forEach((module, types) -> written(module)
                        .forEach((service, names) -> names.forEach(name -> {
                            report.looked();
                            Optional<JavaClass> type = types.stream()
                                    .filter(t -> t.getName().equals(name))
                                    .findFirst();
                            if (type.isEmpty()) {
                                report.found(name, "is named by a service file of " + module + " and is not there");
                            } else if (!type.get().isAssignableTo(service)) {
                                report.found(name, "is no " + service);
                            } else if (!HouseRules.visible(type.get())
                                    || type.get().getConstructors().stream()
                                            .noneMatch(c -> c.getModifiers().contains(JavaModifier.PUBLIC)
                                                    && c.getRawParameterTypes().isEmpty())) {
                                report.found(
                                        name, "is not a public class with a public constructor without parameters");
                            }
                        })));
        report.passes(5, "providers");
        assertAllSeen(report);
    }

    /** Modules that name providers in their sources must have been seen to have some. */
    private static void assertAllSeen(Report report) {
        long inSources = repository.real().stream()
                .flatMap(m -> Repository.below(m.mainSources(), ".java").stream())
                .filter(f -> Repository.read(f).contains("\n@AutoService("))
                .count();
        assertTrue(
                report.lookedAt() >= inSources,
                () -> "sources have " + inSources + " providers, " + report.lookedAt() + " were looked at");
    }

    private static Set<String> services(JavaClass type) {
        Set<String> services = new TreeSet<>();
        for (JavaAnnotation<JavaClass> annotation : type.getAnnotations()) {
            if (annotation.getRawType().getName().equals(AUTO_SERVICE)) {
                Object value = annotation.get("value").orElseThrow();
                Object[] values = value instanceof Object[] many ? many : new Object[] {value};
                Arrays.stream(values).map(v -> ((JavaClass) v).getName()).forEach(services::add);
            }
        }
        return services;
    }

    private static Map<String, Set<String>> written(Module module) {
        Map<String, Set<String>> written = new TreeMap<>();
        Path directory = module.classes().resolve("META-INF/services");
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.forEach(file -> written.put(
                        file.getFileName().toString(),
                        new TreeSet<>(Repository.read(file)
                                .lines()
                                .map(l -> l.replaceAll("#.*", "").strip())
                                .filter(l -> !l.isEmpty())
                                .toList())));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return written;
    }

    private static Optional<ModuleDescriptor> descriptor(Module module) throws IOException {
        Path file = module.classes().resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        }
    }

    /** From the jar when it was built, else from the POM, which is where the jar has it from. */
    private static String automaticName(Module module) throws IOException {
        Path target = module.directory().resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            Optional<Path> jar = files.filter(
                            f -> f.getFileName().toString().matches(module.artifact() + "-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst();
            if (jar.isPresent()) {
                try (JarFile open = new JarFile(jar.get().toFile())) {
                    String name = open.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
                    return name == null ? "" : name;
                }
            }
        }
        java.util.regex.Matcher pom = java.util.regex.Pattern.compile(
                        "<Automatic-Module-Name>(.*?)</Automatic-Module-Name>")
                .matcher(Repository.read(module.directory().resolve("pom.xml")));
        return pom.find() ? pom.group(1) : "";
    }

    @Test
    void a_descriptor_requires_no_module_whose_name_comes_from_a_file() throws IOException {
        for (Module module : repository.published()) {
            Optional<ModuleDescriptor> descriptor = descriptor(module);
            if (descriptor.isPresent()) {
                Set<String> doubtful = new TreeSet<>();
                descriptor.get().requires().stream()
                        .map(ModuleDescriptor.Requires::name)
                        .filter(n -> Set.of("crypto", "abi", "utils", "rlp", "solanaj", "failsafe")
                                .contains(n))
                        .forEach(doubtful::add);
                assertEquals(Set.of(), doubtful, module.artifact());
            }
        }
    }
}
