package dev.x402.tck.cli;

import dev.x402.tck.Artifact;
import dev.x402.tck.RuleKit;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The classes of plugin, fixtures and what they need, behind the kit's own. */
final class JudgedJars extends URLClassLoader {
    private final Optional<Path> plugin;
    private final List<String> unloadable = new ArrayList<>();

    private JudgedJars(URL[] urls, Optional<Path> plugin) {
        super("x402-tck judged", urls, JudgedJars.class.getClassLoader());
        this.plugin = plugin;
    }

    /**
     * Opens them.
     *
     * @throws UsageException when one is neither a jar nor a folder
     */
    static JudgedJars open(Arguments arguments) {
        List<Path> all = new ArrayList<>();
        arguments.plugin().ifPresent(all::add);
        arguments.fixtures().ifPresent(all::add);
        all.addAll(arguments.classPath());
        List<URL> urls = new ArrayList<>();
        for (Path path : all) {
            classes(path);
            try {
                urls.add(path.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UsageException(path + " cannot be read as a jar or folder: " + e.getMessage());
            }
        }
        return new JudgedJars(urls.toArray(URL[]::new), arguments.plugin());
    }

    Optional<Artifact> artifact() {
        return plugin.map(path -> new Artifact(path, this));
    }

    /** The fixtures' classes that cannot be loaded, each with the reason. */
    List<String> unloadable() {
        return List.copyOf(unloadable);
    }

    /** Whether every class of the fixtures could be looked at. */
    boolean isWhole() {
        return unloadable.isEmpty();
    }

    /**
     * The classes in the fixtures that implement rules of the kit.
     *
     * @throws UsageException when there is none that can be loaded
     */
    List<Class<?>> kits(Path fixtures) {
        List<Class<?>> kits = new ArrayList<>();
        for (String name : classes(fixtures)) {
            try {
                Class<?> type = Class.forName(name, false, this);
                if (RuleKit.class.isAssignableFrom(type)
                        && !type.isInterface()
                        && !Modifier.isAbstract(type.getModifiers())) {
                    kits.add(type);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                unloadable.add(name + " in " + fixtures.getFileName() + " cannot be loaded: " + e
                        + "; add the jar that has the class with --classpath");
            }
        }
        if (kits.isEmpty()) {
            throw new UsageException(
                    isWhole()
                            ? fixtures.getFileName()
                                    + ": expected a class that implements the kit's rules, such as SchemeConformance,"
                                    + " saw none"
                            : String.join("; ", unloadable));
        }
        return kits;
    }

    private static List<String> classes(Path jarOrFolder) {
        try {
            if (Files.isDirectory(jarOrFolder)) {
                return named(jarOrFolder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(jarOrFolder, (ClassLoader) null)) {
                return named(jar.getPath("/"));
            }
        } catch (IOException | ProviderNotFoundException e) {
            throw new UsageException(jarOrFolder + " is no jar that can be read");
        }
    }

    private static List<String> named(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name ->
                            name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }
}
