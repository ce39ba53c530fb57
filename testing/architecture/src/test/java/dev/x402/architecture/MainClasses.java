package dev.x402.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The compiled main classes, each with the module that it belongs to. */
final class MainClasses {
    private final JavaClasses all;
    private final Map<Module, List<JavaClass>> byModule = new LinkedHashMap<>();
    private final Map<String, Module> owners;

    private MainClasses(JavaClasses all, List<Module> modules) {
        this.all = all;
        for (Module module : modules) {
            String home = module.classes().toUri().toString();
            byModule.put(
                    module,
                    all.stream()
                            .filter(c -> c.getSource()
                                    .map(s -> s.getUri().toString().startsWith(home))
                                    .orElse(false))
                            .toList());
        }
        owners = byModule.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(c -> Map.entry(c.getName(), e.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static MainClasses of(List<Module> modules) {
        List<Path> directories =
                modules.stream().map(Module::classes).filter(Files::isDirectory).toList();
        List<Module> unbuilt = modules.stream()
                .filter(m -> !Files.isDirectory(m.classes()) && Files.isDirectory(m.mainSources()))
                .toList();
        if (!unbuilt.isEmpty()) {
            throw new IllegalStateException(
                    unbuilt + " have no target/classes; run: mvn verify -pl testing/architecture -am");
        }
        return new MainClasses(new ClassFileImporter().importPaths(directories), modules);
    }

    JavaClasses all() {
        return all;
    }

    /** Classes without package-info and module-info. */
    List<JavaClass> types() {
        return all.stream().filter(c -> !c.getSimpleName().endsWith("-info")).toList();
    }

    Map<Module, List<JavaClass>> byModule() {
        return byModule;
    }

    List<JavaClass> in(Module module) {
        return byModule.get(module);
    }

    Optional<Module> owner(JavaClass type) {
        return Optional.ofNullable(owners.get(type.getName()));
    }
}
